import { FilterChips } from '#renderer/ui/filter-chips.tsx';
import type { TestCounts, TestFilter } from '../test-entries.ts';

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
  const shown = FILTERS.filter(({ value: filter, isRare }) => isRare !== true || counts[filter] > 0);
  return (
    <FilterChips
      label="Result"
      options={shown.map(({ value: filter, label }) => {
        const count = counts[filter];
        return { value: filter, label, count, disabled: count === 0 };
      })}
      value={value}
      onValueChange={onChange}
    />
  );
}
