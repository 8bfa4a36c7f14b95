import type { LineMark } from '#renderer/ui/code-view/line-mark.ts';

/** `[line, hits]` in the order of the lines. */
export type Hits = readonly (readonly [line: number, hits: number])[];

const MOST_HITS = 9_999;

/** What is told of the lines of a file: how often each ran, and which have changed. */
export function lineMarks(hits: Hits, changed: readonly number[]): readonly LineMark[] {
  const marks = new Map<number, LineMark>();
  for (const [line, count] of hits) {
    marks.set(line, {
      line,
      ground: count > 0 ? 'covered' : 'uncovered',
      note: count > MOST_HITS ? `${MOST_HITS}+` : `${count}×`,
    });
  }
  for (const line of changed) {
    marks.set(line, { ...(marks.get(line) ?? { line, ground: null }), isChanged: true });
  }
  return [...marks.values()].sort((a, b) => a.line - b.line);
}

/** Lines that follow each other without one that ran between them. */
export interface UncoveredBlock {
  readonly from: number;
  readonly to: number;
}

/** Where no test came to, top to bottom; lines that cannot run do not part a block. */
export function uncoveredBlocks(hits: Hits): readonly UncoveredBlock[] {
  const blocks: UncoveredBlock[] = [];
  let from: number | null = null;
  let to = 0;
  for (const [line, count] of hits) {
    if (count === 0) {
      from ??= line;
      to = line;
    } else if (from !== null) {
      blocks.push({ from, to });
      from = null;
    }
  }
  if (from !== null) blocks.push({ from, to });
  return blocks;
}

/** The place of the block that follows (or comes before) the one at `index`, around the ends; null: there is none. */
export function stepBlock(count: number, index: number | null, by: 1 | -1): number | null {
  if (count === 0) return null;
  if (index === null) return by === 1 ? 0 : count - 1;
  return (index + by + count) % count;
}
