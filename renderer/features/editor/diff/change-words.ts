import type { Change, ChangedField, ChangeType, ComparedStage } from './comparison.ts';

/** What became of it, for a list: `renamed from unit`. */
export const changeWords = ({ type, from }: Pick<Change, 'type' | 'from'>): string =>
  from === null ? type : `renamed from ${from}`;

/** What became of a stage, for its node: `changed: run, env.NODE_ENV`. */
export function stageWords(
  { change, from }: Pick<ComparedStage, 'change' | 'from'>,
  fields: readonly ChangedField[],
): string {
  if (change === null) return 'as before';
  if (change !== 'changed') return from === null ? change : `was ${from}`;
  return `changed: ${[...new Set(fields.map(({ name }) => name))].join(', ')}`;
}

export interface TypeCount {
  readonly type: ChangeType;
  readonly count: number;
}

/** How much of each type there is, without those that there is none of. */
export const countTypes = (changes: readonly Pick<Change, 'type'>[]): readonly TypeCount[] =>
  (['added', 'removed', 'renamed', 'changed'] as const)
    .map((type) => ({ type, count: changes.filter((change) => change.type === type).length }))
    .filter(({ count }) => count > 0);

/** `1 added, 2 changed`. */
export const countWords = (counts: readonly TypeCount[]): string =>
  counts.map(({ type, count }) => `${count} ${type}`).join(', ');
