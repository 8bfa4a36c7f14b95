import type { CanvasStage } from './canvas-graph.ts';
import { kindWords } from './palette/kind-words.ts';
import { listWords } from './stage-edits.ts';

/** Names a card's element on the page. */
export const cardId = (prefix: string, id: string): string => `${prefix}-${id}`;

/** What a screen reader says of a stage. */
export function cardLabel({ name, kind, summary, needs, legs, errors, warnings }: CanvasStage): string {
  const problems = errors + warnings;
  return [
    name,
    kindWords(kind),
    summary === kind ? '' : summary,
    needs.length === 0 ? 'needs nothing' : `needs ${listWords(needs)}`,
    legs === null ? '' : `${legs} legs`,
    problems === 0 ? '' : `${problems} ${problems === 1 ? 'problem' : 'problems'}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}
