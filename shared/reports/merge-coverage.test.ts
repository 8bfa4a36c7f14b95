import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Coverage, coverageRatio, type FileCoverage, sumCoverage } from './coverage.ts';
import { mergeCoverage } from './merge-coverage.ts';

const none = coverageRatio(0, 0);
const file = (path: string, hits: [number, number][]): FileCoverage => ({
  ...{ path, branches: none, functions: none, hits },
  lines: coverageRatio(hits.filter(([, count]) => count > 0).length, hits.length),
});
const bare = (path: string, covered: number): FileCoverage => ({
  ...{ path, branches: none, functions: none, lines: coverageRatio(covered, 10) },
});

test('lines that any report ran count once', () => {
  const merged = mergeCoverage([
    sumCoverage([file('a.ts', [[1, 2], [2, 0], [3, 0]])]), // prettier-ignore
    sumCoverage([file('a.ts', [[1, 1], [2, 5], [4, 0]]), file('b.ts', [[1, 0]])]), // prettier-ignore
  ]);
  expect(merged.lines).toEqual({ covered: 2, total: 5, pct: 40 });
  expect(merged.files[0]?.hits).toEqual([[1, 3], [2, 5], [3, 0], [4, 0]]); // prettier-ignore
});

test('where a report does not tell its lines the better figure stands', () => {
  const merged = mergeCoverage([sumCoverage([bare('a.ts', 4)]), sumCoverage([bare('a.ts', 7)])]);
  expect(merged.lines).toEqual({ covered: 7, total: 10, pct: 70 });
  expect(merged.files[0]).not.toHaveProperty('hits');
});

test('merging never covers less than the best report of a file, and its order does not matter', () => {
  const hits = fc
    .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(3)), { selector: ([line]) => line })
    .map((lines) => lines.toSorted(([a], [b]) => a - b));
  const reports = fc.array(
    hits.map((lines): Coverage => sumCoverage([file('a.ts', lines)])),
    { minLength: 1 },
  );
  fc.assert(
    fc.property(reports, (all) => {
      const merged = mergeCoverage(all);
      expect(merged.lines.covered).toBeGreaterThanOrEqual(Math.max(...all.map(({ lines }) => lines.covered)));
      expect(mergeCoverage(all.toReversed())).toEqual(merged);
    }),
  );
});
