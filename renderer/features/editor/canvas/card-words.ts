import type { CanvasStage } from './canvas-graph.ts';
import { kindWords } from './palette/kind-words.ts';
import { listWords } from './stage-edits.ts';

/** Names a card's element on the page. */
export const cardId = (prefix: string, id: string): string => `${prefix}-${id}`;

/** What a stage runs, in one line; '' when its kind says it all. */
export function summaryWords({ kind, summary, calls }: CanvasStage): string {
  if (calls !== null) return `runs ${calls}`;
  return summary === kind ? '' : summary;
}

/** What a screen reader says of a stage. */
export function cardLabel(stage: CanvasStage, hasBreakpoint = false): string {
  const { name, kind, needs, legs, runsOn, errors, warnings } = stage;
  const problems = errors + warnings;
  return [
    name,
    kindWords(kind),
    summaryWords(stage),
    runsOn === null ? '' : `runs in ${runsOn}`,
    needs.length === 0 ? 'needs nothing' : `needs ${listWords(needs)}`,
    legs === null ? '' : `${legs} legs`,
    hasBreakpoint ? 'breakpoint' : '',
    problems === 0 ? '' : `${problems} ${problems === 1 ? 'problem' : 'problems'}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}
