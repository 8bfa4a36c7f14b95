import { expect, test } from 'vitest';
import { type Coverage, coverageRatio } from '#shared/reports/coverage.ts';
import { describeMissed, judgeCoverage, judgePatch } from './judge-coverage.ts';

const coverage: Coverage = {
  lines: coverageRatio(79, 100),
  branches: coverageRatio(0, 0),
  functions: coverageRatio(1, 1),
  files: [],
};

test('too little coverage is said with both figures', () => {
  expect(judgeCoverage(coverage, { lines: 80 }, '')).toEqual(['79 % of lines are covered, not 80 %']);
  expect(judgeCoverage(coverage, { lines: 79 }, '')).toEqual([]);
  expect(judgeCoverage(null, undefined, '')).toEqual([]);
});

test('what was not measured is not judged', () => {
  expect(() => judgeCoverage(coverage, { branches: 0 }, '')).toThrow('Coverage was not measured');
  expect(() => judgeCoverage(null, { lines: 0 }, 'Install it')).toThrow('Coverage was not measured');
  expect(() => judgePatch(null, 0, 'main')).toThrow('Coverage was not measured');
});

test('changes without code are fine, and lines that were missed are shown as ranges', () => {
  expect(judgePatch({ lines: coverageRatio(0, 0), files: [] }, 100, 'main')).toEqual([]);
  const files = [{ path: 'a.js', lines: coverageRatio(1, 5), missed: [3, 4, 5, 9] }];
  expect(judgePatch({ lines: coverageRatio(1, 5), files }, 50, 'main')).toEqual([
    '20 % (1 of 5) of the lines changed since main are covered, not 50 %',
  ]);
  expect(describeMissed({ lines: coverageRatio(1, 5), files })).toContain('- `a.js`: 3-5, 9');
});
