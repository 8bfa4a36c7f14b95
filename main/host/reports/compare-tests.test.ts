import { expect, test } from 'vitest';
import type { ListedTests } from '#shared/api/report-schemas.ts';
import type { TestStatus } from '#shared/reports/test-report.ts';
import { compareTests } from './compare-tests.ts';

type Case = readonly [name: string, status: TestStatus, durationMs?: number];

function tests(...cases: readonly Case[]): ListedTests[] {
  const summary = { total: 0, passed: 0, failed: 0, errored: 0, skipped: 0, durationMs: 0 };
  const listed = cases.map(([name, status, durationMs = 1]) => ({
    ...{ name, status, durationMs, classname: null, file: null, line: null, message: null, flaky: false },
  }));
  return [
    { stage: 'unit', attempt: 1, summary, suites: [{ ...summary, name: 'a', file: null, cases: listed }] },
  ];
}

test('cases are told apart by what became of them', () => {
  const { slower, ...lists } = compareTests(
    tests(
      ['breaks', 'passed'],
      ['mended', 'errored'],
      ['goes', 'passed'],
      ['stays', 'failed'],
      ['rests', 'failed'],
    ),
    tests(
      ['breaks', 'failed'],
      ['mended', 'passed'],
      ['comes', 'failed'],
      ['stays', 'errored'],
      ['rests', 'skipped'],
    ),
  );
  const names = Object.entries(lists).map(([list, keys]) => [list, keys.map(({ name }) => name)]);
  expect(Object.fromEntries(names)).toEqual({
    ...{ broken: ['breaks'], fixed: ['mended'], added: ['comes'], removed: ['goes'] },
  });
  expect(slower).toEqual([]);
});

test('slower is what takes twice as long and 100 ms more, the worst first', () => {
  const { slower } = compareTests(
    tests(
      ['little', 'passed', 10],
      ['much', 'passed', 200],
      ['most', 'passed', 100],
      ['half', 'passed', 1_000],
    ),
    tests(
      ['little', 'passed', 90],
      ['much', 'passed', 450],
      ['most', 'passed', 900],
      ['half', 'passed', 1_600],
    ),
  );
  expect(slower.map(({ key, beforeMs, afterMs }) => [key.name, beforeMs, afterMs])).toEqual([
    ['most', 100, 900],
    ['much', 200, 450],
  ]);
});
