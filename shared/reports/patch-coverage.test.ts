import { expect, test } from 'vitest';
import { type Coverage, coverageRatio, sumCoverage } from './coverage.ts';
import { patchCoverage } from './patch-coverage.ts';

function coverage(files: Readonly<Record<string, [number, number][] | null>>): Coverage {
  const none = coverageRatio(0, 0);
  return sumCoverage(
    Object.entries(files).map(([path, hits]) => ({
      ...{ path, lines: none, branches: none, functions: none },
      ...(hits && { hits }),
    })),
  );
}

const changed = new Map([
  ['a.js', [1, 2, 3]],
  ['new.md', [1]],
]);

test('only changed lines that can be covered count', () => {
  const hits: [number, number][] = [
    [1, 4],
    [3, 0],
    [9, 0],
  ];
  expect(patchCoverage(coverage({ 'a.js': hits, 'b.js': [[1, 0]] }), changed)).toEqual({
    lines: { covered: 1, total: 2, pct: 50 },
    files: [{ path: 'a.js', lines: { covered: 1, total: 2, pct: 50 }, missed: [3] }],
  });
});

test('a change without code has no percentage', () => {
  expect(patchCoverage(coverage({ 'b.js': [[1, 0]] }), changed)?.lines.pct).toBeNull();
});

test('coverage without lines cannot tell', () => {
  expect(patchCoverage(coverage({ 'a.js': null }), changed)).toBeNull();
});
