import type { LogSearch } from '#shared/api/schemas.ts';

/** `column` counts from 1. Sorted by line, then by column. */
export type Hit = LogSearch['hits'][number];

/** The position of the first hit at or after a line; `hits.length` when there is none. */
export function firstHitFrom(hits: readonly Hit[], line: number): number {
  let low = 0;
  let high = hits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (hits[middle]!.line < line) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A hit within one line, with its position among all. */
export interface LineHit {
  readonly position: number;
  /** UTF-16 code units from 0. */
  readonly start: number;
  readonly end: number;
}

export function hitsOfLine(hits: readonly Hit[], line: number): readonly LineHit[] {
  const found: LineHit[] = [];
  for (let position = firstHitFrom(hits, line); hits[position]?.line === line; position += 1) {
    const { column, length } = hits[position]!;
    found.push({ position, start: column - 1, end: column - 1 + length });
  }
  return found;
}

/** The hit after (or before) one, around the ends; -1 without hits. */
export function stepHit(count: number, position: number, by: 1 | -1): number {
  return count === 0 ? -1 : (position + by + count) % count;
}

/** Where along the log hits lie, as shares from 0 to 1: one for each of `most` equal parts that has any. */
export function hitMarks(hits: readonly Hit[], lineCount: number, most: number): readonly number[] {
  const parts = new Set<number>();
  for (const { line } of hits) parts.add(Math.floor(((line - 1) / Math.max(1, lineCount)) * most));
  return [...parts].map((part) => part / most);
}
