import { ToggleGroup } from 'radix-ui';
import type { TestCounts, TestFilter } from '../test-entries.ts';
import styles from './tests.module.css';

interface Choice {
  readonly value: TestFilter;
  readonly label: string;
  /** Has no chip while there are none. */
  readonly isRare?: boolean;
}

const FILTERS: readonly Choice[] = [
  { value: 'all', label: 'All' },
  { value: 'failed', label: 'Failed' },
  { value: 'new', label: 'New failures', isRare: true },
  { value: 'flaky', label: 'Flaky', isRare: true },
  { value: 'passed', label: 'Passed' },
  { value: 'skipped', label: 'Skipped' },
];

interface TestFiltersProps {
  readonly counts: TestCounts;
  readonly value: TestFilter;
  readonly onChange: (filter: TestFilter) => void;
}

/** Which results to show; each says how many there are. */
export function TestFilters({ counts, value, onChange }: TestFiltersProps) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label="Result"
      className={styles['chips']}
      value={value}
      onValueChange={(next) => {
        const filter = FILTERS.find((candidate) => candidate.value === next);
        if (filter !== undefined) onChange(filter.value);
      }}
    >
      {FILTERS.filter(({ value: filter, isRare }) => isRare !== true || counts[filter] > 0).map(
        ({ value: filter, label }) => (
          <ToggleGroup.Item
            key={filter}
            value={filter}
            className={styles['chip']}
            disabled={counts[filter] === 0}
          >
            {label}
            <span className={styles['faint']}>{counts[filter].toLocaleString('en')}</span>
          </ToggleGroup.Item>
        ),
      )}
    </ToggleGroup.Root>
  );
}
