import { ContextMenu as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import type { MenuEntry } from './menu-entry.ts';
import { MenuList } from './menu-list.tsx';
import styles from './float.module.css';

export interface ContextMenuProps {
  readonly entries: readonly MenuEntry[];
  /** One element that takes a ref. */
  readonly children: ReactNode;
}

/** Actions on the right button, the menu key and Shift+F10. Everything in it can be reached elsewhere too. */
export function ContextMenu({ entries, children }: ContextMenuProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={styles['surface']} collisionPadding={8}>
          <MenuList parts={Radix} entries={entries} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
