import { ToggleGroup } from 'radix-ui';
import type { ReactNode } from 'react';
import styles from './filter-chips.module.css';

export interface FilterChipsProps<Value extends string> {
  /** Names the group. */
  readonly label: string;
  readonly options: readonly {
    readonly value: Value;
    readonly label: string;
    /** How many fit. */
    readonly count: number;
    readonly disabled?: boolean;
  }[];
  readonly value: Value;
  readonly onValueChange: (value: Value) => void;
}

/** Which part of a list to show, one of several; each says how many there are. */
export function FilterChips<Value extends string>(props: FilterChipsProps<Value>) {
  const { label, options, value, onValueChange } = props;
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      className={styles['chips']}
      value={value}
      onValueChange={(next) => {
        const option = options.find((candidate) => candidate.value === next);
        if (option !== undefined) onValueChange(option.value);
      }}
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          className={styles['chip']}
          disabled={option.disabled ?? false}
        >
          {option.label}
          <span className={styles['count']}>{option.count.toLocaleString('en')}</span>
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}

export interface MarkChipsProps<Value extends string> {
  readonly label: string;
  /** Each with its mark (14 px), which says its name itself. */
  readonly options: readonly { readonly value: Value; readonly mark: ReactNode }[];
  readonly value: ReadonlySet<Value>;
  readonly onValueChange: (value: ReadonlySet<Value>) => void;
}

/** Which sorts to show, any of several. */
export function MarkChips<Value extends string>(props: MarkChipsProps<Value>) {
  const { label, options, value, onValueChange } = props;
  return (
    <ToggleGroup.Root
      type="multiple"
      aria-label={label}
      className={styles['chips']}
      value={[...value]}
      onValueChange={(next) =>
        onValueChange(
          new Set(options.map((option) => option.value).filter((option) => next.includes(option))),
        )
      }
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          className={styles['chip']}
          data-mark
          title={option.value}
        >
          {option.mark}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
