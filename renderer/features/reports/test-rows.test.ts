import { describe, expect, it } from 'vitest';
import type { TestCase, TestStatus, TestSuite } from '#shared/reports/test-report.ts';
import { countTests, filterTests, testEntries, testRows, type StageReport } from './test-rows.ts';

const test = (name: string, status: TestStatus = 'passed', durationMs = 1): TestCase => ({
  name,
  classname: null,
  file: null,
  line: null,
  status,
  durationMs,
  message: null,
  details: null,
  stdout: null,
  stderr: null,
});
const suite = (name: string, ...cases: TestCase[]): TestSuite => ({
  name,
  file: null,
  timestamp: null,
  cases,
  stdout: null,
  stderr: null,
  total: cases.length,
  passed: 0,
  failed: 0,
  errored: 0,
  skipped: 0,
  durationMs: 0,
});
const report = (stage: string, attempt: number, ...suites: TestSuite[]): StageReport => ({
  stage,
  attempt,
  report: { suites },
});

const entries = testEntries([
  report('unit', 1, suite('old', test('gone', 'failed'))),
  report(
    'unit',
    2,
    suite('money', test('adds', 'passed', 5), test('rounds', 'failed', 9)),
    suite('parcel', test('weighs', 'skipped', 0)),
  ),
  report('api', 1, suite('money', test('answers', 'errored', 2))),
]);
const names = (rows: ReturnType<typeof testRows>) =>
  rows.map((row) => (row.type === 'suite' ? `# ${row.name}` : row.test.name));

describe('testEntries', () => {
  it('takes of a stage that was tried again its last attempt only', () => {
    expect(entries.map((entry) => entry.test.name)).toEqual(['adds', 'rounds', 'weighs', 'answers']);
    expect(new Set(entries.map(({ key }) => key)).size).toBe(4);
  });
});

describe('countTests', () => {
  it('counts errors as failures', () => {
    expect(countTests(entries)).toEqual({ all: 4, failed: 2, passed: 1, skipped: 1 });
  });
});

describe('filterTests', () => {
  it('filters by status and by text in name or suite', () => {
    expect(filterTests(entries, 'failed', '').map((entry) => entry.test.name)).toEqual(['rounds', 'answers']);
    expect(filterTests(entries, 'all', ' MONEY ').map((entry) => entry.test.name)).toEqual([
      'adds',
      'rounds',
      'answers',
    ]);
    expect(filterTests(entries, 'passed', 'weighs')).toEqual([]);
  });
});

describe('testRows', () => {
  it('groups by suite, and keeps suites of one name apart when their reports differ', () => {
    const rows = testRows(entries, 'suites');
    expect(names(rows)).toEqual(['# money', 'adds', 'rounds', '# parcel', 'weighs', '# money', 'answers']);
    expect(rows[0]).toMatchObject({ count: 2, failed: 1, durationMs: 14 });
  });

  it('lists the slowest first without suites', () => {
    expect(names(testRows(entries, 'slowest'))).toEqual(['rounds', 'adds', 'answers', 'weighs']);
  });
});
