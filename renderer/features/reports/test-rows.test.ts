import { describe, expect, it } from 'vitest';
import type { ListedCase, ListedTests } from '#shared/api/report-schemas.ts';
import { runIdOf } from '#shared/lib/ids.ts';
import type { TestStatus } from '#shared/reports/test-report.ts';
import {
  caseItem,
  caseKeyOf,
  countTests,
  filterTests,
  findEntry,
  readCaseItem,
  testEntries,
} from './test-entries.ts';
import { testRows } from './test-rows.ts';

const test = (name: string, status: TestStatus = 'passed', more: Partial<ListedCase> = {}): ListedCase => ({
  name,
  classname: null,
  file: null,
  line: null,
  status,
  durationMs: 1,
  message: null,
  flaky: false,
  ...more,
});
const report = (stage: string, suites: Readonly<Record<string, readonly ListedCase[]>>): ListedTests => {
  const counts = { total: 0, passed: 0, failed: 0, errored: 0, skipped: 0, durationMs: 0 };
  return {
    stage,
    attempt: 1,
    summary: counts,
    suites: Object.entries(suites).map(([name, cases]) => ({
      ...counts,
      name,
      file: null,
      cases: [...cases],
    })),
  };
};
const old = { runId: runIdOf('r1'), number: 7, at: '2026-01-01T00:00:00Z', commit: null, branch: null };

const entries = testEntries([
  report('unit', {
    parcel: [test('weighs', 'skipped', { durationMs: 0 })],
    money: [
      test('adds', 'passed', { durationMs: 5 }),
      test('waits', 'failed', { failingSince: old }),
      test('rounds', 'failed', { durationMs: 9 }),
    ],
  }),
  report('api', {
    money: [test('answers', 'errored', { durationMs: 2, failingSince: old }), test('sleeps')],
  }),
]);
const names = (rows: ReturnType<typeof testRows>) =>
  rows.map((row) => (row.type === 'case' ? row.test.name : `${'#'.repeat(row.level + 1)} ${row.name}`));

describe('countTests', () => {
  it('counts errors as failures, and those that are new', () => {
    expect(countTests(entries)).toEqual({ all: 6, failed: 3, new: 1, flaky: 0, passed: 2, skipped: 1 });
  });
});

describe('filterTests', () => {
  it('filters by result and by text in name or suite', () => {
    const found = (...wishes: [Parameters<typeof filterTests>[1], string]) =>
      filterTests(entries, ...wishes).map((entry) => entry.test.name);
    expect(found('failed', '')).toEqual(['waits', 'rounds', 'answers']);
    expect(found('new', '')).toEqual(['rounds']);
    expect(found('all', ' PARCEL ')).toEqual(['weighs']);
    expect(found('passed', 'weighs')).toEqual([]);
  });
});

describe('testRows', () => {
  it('groups by stage and suite, with what newly fails first', () => {
    const rows = testRows(entries, 'suites');
    expect(names(rows)).toEqual([
      '# unit',
      '## money',
      'rounds',
      'waits',
      'adds',
      '## parcel',
      'weighs',
      '# api',
      '## money',
      'answers',
      'sleeps',
    ]);
    expect(rows[1]).toMatchObject({ count: 3, failed: 2, durationMs: 15 });
  });

  it('leaves out what is in closed groups', () => {
    expect(names(testRows(entries, 'suites', (key) => key === 'unit' || key === 'api/0'))).toEqual([
      '# unit',
      '# api',
      '## money',
    ]);
  });

  it('needs no line for the only stage', () => {
    expect(names(testRows(entries.slice(0, 1), 'suites'))).toEqual(['# parcel', 'weighs']);
  });

  it('lists all without groups, new failures first or the slowest first', () => {
    expect(names(testRows(entries, 'flat')).slice(0, 3)).toEqual(['rounds', 'waits', 'answers']);
    expect(names(testRows(entries, 'slowest')).slice(0, 3)).toEqual(['rounds', 'adds', 'answers']);
  });
});

describe('caseItem', () => {
  it('names a case so that every run finds it again', () => {
    const entry = entries[3]!;
    const key = readCaseItem(caseItem(caseKeyOf(entry)));
    expect(key).toEqual({ stage: 'unit', suite: 'money', classname: null, name: 'rounds' });
    expect(findEntry(entries, key!)).toBe(entry);
  });

  it('takes no other text', () => {
    expect([readCaseItem('unit'), readCaseItem('[1,2]'), readCaseItem('{}')]).toEqual([null, null, null]);
  });
});
