import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { toneColour, type Tone } from './tone.ts';
import styles from './tabs.module.css';

export interface TabItem<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly icon?: ReactNode;
  /** A figure behind the label: `418`, `87.2%`. */
  readonly count?: ReactNode;
  readonly countTone?: Tone;
}

export interface TabsProps<Value extends string> {
  /** Names the tab list. */
  readonly label: string;
  readonly items: readonly TabItem<Value>[];
  readonly value: Value;
  readonly onValueChange: (value: Value) => void;
  /** At the right end of the list. */
  readonly trailing?: ReactNode;
  /** `<TabPanel>`s; the whole fills its parent's height. */
  readonly children: ReactNode;
  readonly className?: string;
}

/** Views of one thing. Arrows move between tabs; the panel that is hidden is not mounted. */
export function Tabs<Value extends string>(props: TabsProps<Value>) {
  const { label, items, value, onValueChange, trailing, children, className } = props;
  return (
    <Radix.Root
      className={classNames(styles['tabs'], className)}
      value={value}
      onValueChange={(next) => {
        const item = items.find((candidate) => candidate.value === next);
        if (item !== undefined) onValueChange(item.value);
      }}
    >
      <div className={styles['bar']}>
        <Radix.List className={styles['list']} aria-label={label}>
          {items.map((item) => (
            <Radix.Trigger key={item.value} value={item.value} className={styles['tab']}>
              {item.icon}
              {item.label}
              {item.count !== undefined && (
                <span
                  className={styles['count']}
                  style={{ color: item.countTone && toneColour(item.countTone) }}
                >
                  {item.count}
                </span>
              )}
            </Radix.Trigger>
          ))}
        </Radix.List>
        {trailing !== undefined && <div className={styles['trailing']}>{trailing}</div>}
      </div>
      {children}
    </Radix.Root>
  );
}

/** What one tab shows; fills the height that is left and does not scroll by itself. */
export function TabPanel({ value, children }: { readonly value: string; readonly children: ReactNode }) {
  return (
    <Radix.Content value={value} className={styles['panel']} tabIndex={-1}>
      {children}
    </Radix.Content>
  );
}
