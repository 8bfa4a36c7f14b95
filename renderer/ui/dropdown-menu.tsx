import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import type { MenuEntry } from './menu-entry.ts';
import { MenuList } from './menu-list.tsx';
import styles from './float.module.css';

export interface DropdownMenuProps {
  /** The button that opens it: one element that takes a ref. */
  readonly trigger: ReactNode;
  readonly entries: readonly MenuEntry[];
  readonly align?: 'start' | 'center' | 'end';
  readonly side?: 'top' | 'bottom';
}

/** Actions behind a button; arrows, typing and Escape work as everywhere. */
export function DropdownMenu({ trigger, entries, align = 'start', side = 'bottom' }: DropdownMenuProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          className={styles['surface']}
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
        >
          <MenuList parts={Radix} entries={entries} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
