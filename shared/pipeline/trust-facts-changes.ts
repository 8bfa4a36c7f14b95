import type { TrustItem } from './trust-facts.ts';

/** What a pipeline has now that was not accepted, or had then. */
export interface TrustChange {
  readonly change: 'added' | 'removed';
  readonly item: TrustItem;
}

/** What differs between what was accepted and what is there: what was added first, each in the order of the lists. */
export function trustChanges(
  accepted: readonly TrustItem[],
  present: readonly TrustItem[],
): readonly TrustChange[] {
  const without = (items: readonly TrustItem[], others: readonly TrustItem[]): TrustItem[] => {
    const keys = new Set(others.map(keyOf));
    return items.filter((item) => !keys.has(keyOf(item)));
  };
  return [
    ...without(present, accepted).map((item) => ({ change: 'added', item }) as const),
    ...without(accepted, present).map((item) => ({ change: 'removed', item }) as const),
  ];
}

const keyOf = ({ kind, text }: TrustItem): string => `${kind} ${text}`;
