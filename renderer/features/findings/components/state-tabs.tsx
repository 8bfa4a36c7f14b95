import { FilterChips } from '#renderer/ui/filter-chips.tsx';
import type { StateFilter } from '../list-findings.ts';

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
    <FilterChips
      label="State"
      options={shown.map((state) => ({ ...state, count: counts[state.value] }))}
      value={value}
      onValueChange={onChange}
    />
  );
}
