import { ToggleGroup } from 'radix-ui';
import type { StateFilter } from '../list-findings.ts';
import styles from './findings.module.css';

const STATES: readonly { readonly value: StateFilter; readonly label: string }[] = [
  { value: 'new', label: 'New' },
  { value: 'open', label: 'All open' },
  { value: 'fixed', label: 'Fixed' },
  { value: 'ignored', label: 'Ignored' },
];

interface StateTabsProps {
  readonly counts: Readonly<Record<StateFilter, number>>;
  /** Without one nothing is new or fixed. */
  readonly hasBaseline: boolean;
  readonly value: StateFilter;
  readonly onChange: (state: StateFilter) => void;
}

/** Which findings to show; each says how many there are. */
export function StateTabs({ counts, hasBaseline, value, onChange }: StateTabsProps) {
  const shown = STATES.filter(({ value: state }) => hasBaseline || state === 'open' || state === 'ignored');
  return (
    <ToggleGroup.Root
      type="single"
      aria-label="State"
      className={styles['chips']}
      value={value}
      onValueChange={(next) => {
        const state = STATES.find((candidate) => candidate.value === next);
        if (state !== undefined) onChange(state.value);
      }}
    >
      {shown.map(({ value: state, label }) => (
        <ToggleGroup.Item key={state} value={state} className={styles['chip']}>
          {label}
          <span className={styles['faint']}>{counts[state].toLocaleString('en')}</span>
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
