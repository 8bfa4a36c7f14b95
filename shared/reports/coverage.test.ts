import { expect, test } from 'vitest';
import { coverageRatio, sumCoverage } from './coverage.ts';

test('a percentage is rounded down, so that 100 means everything', () => {
  expect(coverageRatio(99_999, 100_000).pct).toBe(99.99);
  expect(coverageRatio(2, 3).pct).toBe(66.66);
  expect(coverageRatio(3, 3).pct).toBe(100);
});

test('nothing to cover has no percentage, which no gate can take for a pass', () => {
  expect(coverageRatio(0, 0).pct).toBeNull();
});

test('the whole weighs each file by its size and lists them by path', () => {
  const none = coverageRatio(0, 0);
  const file = (path: string, covered: number, total: number) => ({
    path,
    lines: coverageRatio(covered, total),
    branches: none,
    functions: none,
  });
  const sum = sumCoverage([file('b.js', 0, 10), file('a.js', 90, 90)]);
  expect(sum.lines).toEqual({ covered: 90, total: 100, pct: 90 });
  expect(sum.files.map(({ path }) => path)).toEqual(['a.js', 'b.js']);
});
