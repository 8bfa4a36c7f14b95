import type { ReactNode } from 'react';

/** One line of a menu, as data: the same list serves a dropdown and a context menu. */
export type MenuEntry =
  | {
      readonly type?: 'action';
      /** A verb. Unique in its menu. */
      readonly label: string;
      readonly icon?: ReactNode;
      readonly shortcut?: string;
      readonly danger?: boolean;
      readonly disabled?: boolean;
      readonly onSelect: () => void;
    }
  | {
      readonly type: 'toggle';
      readonly label: string;
      readonly checked: boolean;
      readonly onChange: (checked: boolean) => void;
    }
  | {
      readonly type: 'choice';
      readonly label: string;
      readonly value: string;
      readonly options: readonly { readonly value: string; readonly label: string }[];
      readonly onChange: (value: string) => void;
    }
  | {
      readonly type: 'submenu';
      readonly label: string;
      readonly icon?: ReactNode;
      readonly entries: readonly MenuEntry[];
    }
  | { readonly type: 'heading'; readonly label: string }
  | { readonly type: 'separator' };
