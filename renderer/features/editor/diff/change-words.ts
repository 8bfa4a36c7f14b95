import type { StageMark } from '#renderer/ui/pipeline-graph/stage-mark.ts';
import type { Change, ChangedField, ComparedStage } from './comparison.ts';

const WORDS: Readonly<Record<StageMark, string>> = {
  added: 'added',
  removed: 'removed',
  renamed: 'renamed',
  changed: 'changed',
};

/** What became of it, for a list: `renamed from unit`. */
export const changeWords = ({ type, from }: Pick<Change, 'type' | 'from'>): string =>
  from === null ? WORDS[type] : `renamed from ${from}`;

/** What became of a stage, for its node: `changed: run, env.NODE_ENV`. */
export function stageWords(
  { change, from }: Pick<ComparedStage, 'change' | 'from'>,
  fields: readonly ChangedField[],
): string {
  if (change === null) return 'as before';
  if (change !== 'changed') return from === null ? WORDS[change] : `was ${from}`;
  return `changed: ${[...new Set(fields.map(({ name }) => name))].join(', ')}`;
}

/** How much of each there is: `1 added, 2 changed`. */
export function countWords(changes: readonly Pick<Change, 'type'>[]): string {
  if (changes.length === 0) return 'No differences';
  const parts = (['added', 'removed', 'renamed', 'changed'] as const).flatMap((type) => {
    const count = changes.filter((change) => change.type === type).length;
    return count === 0 ? [] : [`${count} ${WORDS[type]}`];
  });
  return parts.join(', ');
}
