import { Check, ChevronRight } from 'lucide-react';
import type { DropdownMenu } from 'radix-ui';
import { classNames } from './class-names.ts';
import { Kbd } from './kbd.tsx';
import type { MenuEntry } from './menu-entry.ts';
import styles from './float.module.css';

/** The parts that Radix's dropdown and context menus have in common. */
export type MenuParts = Pick<
  typeof DropdownMenu,
  | 'Item'
  | 'CheckboxItem'
  | 'RadioGroup'
  | 'RadioItem'
  | 'ItemIndicator'
  | 'Label'
  | 'Separator'
  | 'Sub'
  | 'SubTrigger'
  | 'SubContent'
  | 'Portal'
>;

function keyOf(entry: MenuEntry, index: number): string {
  return 'label' in entry ? `${entry.type ?? 'action'}:${entry.label}` : `separator:${index}`;
}

function Entry({ parts: Parts, entry }: { readonly parts: MenuParts; readonly entry: MenuEntry }) {
  switch (entry.type) {
    case 'separator':
      return <Parts.Separator className={styles['separator']} />;
    case 'heading':
      return <Parts.Label className={styles['heading']}>{entry.label}</Parts.Label>;
    case 'toggle':
      return (
        <Parts.CheckboxItem
          className={styles['item']}
          checked={entry.checked}
          onCheckedChange={entry.onChange}
        >
          <Tick parts={Parts} />
          <span className={styles['itemLabel']}>{entry.label}</span>
        </Parts.CheckboxItem>
      );
    case 'choice':
      return (
        <Parts.RadioGroup value={entry.value} onValueChange={entry.onChange} aria-label={entry.label}>
          <Parts.Label className={styles['heading']}>{entry.label}</Parts.Label>
          {entry.options.map((option) => (
            <Parts.RadioItem key={option.value} value={option.value} className={styles['item']}>
              <Tick parts={Parts} />
              <span className={styles['itemLabel']}>{option.label}</span>
            </Parts.RadioItem>
          ))}
        </Parts.RadioGroup>
      );
    case 'submenu':
      return (
        <Parts.Sub>
          <Parts.SubTrigger className={styles['item']}>
            {entry.icon}
            <span className={styles['itemLabel']}>{entry.label}</span>
            <ChevronRight size={14} />
          </Parts.SubTrigger>
          <Parts.Portal>
            <Parts.SubContent className={styles['surface']} collisionPadding={8}>
              <MenuList parts={Parts} entries={entry.entries} />
            </Parts.SubContent>
          </Parts.Portal>
        </Parts.Sub>
      );
    case 'action':
    case undefined:
      return (
        <Parts.Item
          className={classNames(styles['item'], entry.danger === true && styles['danger'])}
          disabled={entry.disabled ?? false}
          onSelect={entry.onSelect}
        >
          {entry.icon}
          <span className={styles['itemLabel']}>{entry.label}</span>
          {entry.shortcut !== undefined && <Kbd keys={entry.shortcut} />}
        </Parts.Item>
      );
  }
}

function Tick({ parts: Parts }: { readonly parts: MenuParts }) {
  return (
    <span className={styles['check']}>
      <Parts.ItemIndicator>
        <Check size={14} />
      </Parts.ItemIndicator>
    </span>
  );
}

/** The lines of a menu. */
export function MenuList({
  parts,
  entries,
}: {
  readonly parts: MenuParts;
  readonly entries: readonly MenuEntry[];
}) {
  return entries.map((entry, index) => <Entry key={keyOf(entry, index)} parts={parts} entry={entry} />);
}
