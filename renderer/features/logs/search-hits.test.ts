import { describe, expect, it } from 'vitest';
import { firstHitFrom, hitMarks, hitsOfLine, stepHit } from './search-hits.ts';

const hits = [
  { line: 2, column: 1, length: 3 },
  { line: 5, column: 4, length: 1 },
  { line: 5, column: 9, length: 2 },
  { line: 90, column: 1, length: 1 },
];

describe('firstHitFrom', () => {
  it('finds the next hit from a line on', () => {
    expect(firstHitFrom(hits, 1)).toBe(0);
    expect(firstHitFrom(hits, 3)).toBe(1);
    expect(firstHitFrom(hits, 91)).toBe(4);
  });
});

describe('hitsOfLine', () => {
  it('gives each hit of a line with its position among all', () => {
    expect(hitsOfLine(hits, 5)).toEqual([
      { position: 1, start: 3, end: 4 },
      { position: 2, start: 8, end: 10 },
    ]);
    expect(hitsOfLine(hits, 6)).toEqual([]);
  });
});

describe('stepHit', () => {
  it('goes around the ends', () => {
    expect(stepHit(4, 3, 1)).toBe(0);
    expect(stepHit(4, 0, -1)).toBe(3);
    expect(stepHit(0, -1, 1)).toBe(-1);
  });
});

describe('hitMarks', () => {
  it('marks a part of the log once, however many hits it has', () => {
    expect(hitMarks(hits, 100, 10)).toEqual([0, 0.8]);
  });
});
