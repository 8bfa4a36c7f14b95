import type { TestCase, TestStatus, TestSuite } from '#shared/reports/test-report.ts';

/** The reports of a run as the host lists them. */
export interface StageReport {
  readonly stage: string;
  readonly attempt: number;
  readonly report: { readonly suites: readonly TestSuite[] };
}

/** A case with its place; `key` is unique in its run. */
export interface TestEntry {
  readonly type: 'case';
  readonly key: string;
  readonly stage: string;
  readonly suite: string;
  readonly test: TestCase;
}

/** The line above the cases of one suite. */
export interface SuiteRow {
  readonly type: 'suite';
  readonly key: string;
  readonly stage: string;
  readonly name: string;
  /** Of the cases below it. */
  readonly count: number;
  readonly failed: number;
  readonly durationMs: number;
}

export type TestRow = SuiteRow | TestEntry;

export type TestFilter = 'all' | 'failed' | 'passed' | 'skipped';
export type TestOrder = 'suites' | 'slowest';

const BY_FILTER: Record<Exclude<TestFilter, 'all'>, readonly TestStatus[]> = {
  failed: ['failed', 'errored'],
  passed: ['passed'],
  skipped: ['skipped'],
};

export const isFailed = (test: TestCase): boolean => BY_FILTER.failed.includes(test.status);

/** Every case of a run in the order of the reports; of a stage that was tried again only its last attempt. */
export function testEntries(reports: readonly StageReport[]): readonly TestEntry[] {
  const last = new Map<string, number>();
  for (const { stage, attempt } of reports) last.set(stage, Math.max(attempt, last.get(stage) ?? 0));
  return reports.flatMap(({ stage, attempt, report }, position) => {
    if (attempt !== last.get(stage)) return [];
    return report.suites.flatMap((suite, suiteIndex) =>
      suite.cases.map((test, index): TestEntry => ({
        type: 'case',
        key: `${position}/${suiteIndex}/${index}`,
        stage,
        suite: suite.name,
        test,
      })),
    );
  });
}

export type TestCounts = Readonly<Record<TestFilter, number>>;

export function countTests(entries: readonly TestEntry[]): TestCounts {
  const counts = { all: entries.length, failed: 0, passed: 0, skipped: 0 };
  for (const { test } of entries) {
    if (isFailed(test)) counts.failed += 1;
    else if (test.status === 'passed') counts.passed += 1;
    else counts.skipped += 1;
  }
  return counts;
}

/** The cases that pass the filter and hold the text in their name, class, suite or file, whatever its case. */
export function filterTests(
  entries: readonly TestEntry[],
  filter: TestFilter,
  text: string,
): readonly TestEntry[] {
  const wanted = text.trim().toLowerCase();
  return entries.filter(({ test, suite }) => {
    if (filter !== 'all' && !BY_FILTER[filter].includes(test.status)) return false;
    if (wanted === '') return true;
    return [test.name, test.classname, suite, test.file].some((part) => part?.toLowerCase().includes(wanted));
  });
}

/** The lines of the list: each suite with its cases below it, or all cases, slowest first. */
export function testRows(entries: readonly TestEntry[], order: TestOrder): readonly TestRow[] {
  if (order === 'slowest') return entries.toSorted((a, b) => b.test.durationMs - a.test.durationMs);
  const rows: TestRow[] = [];
  for (let start = 0; start < entries.length;) {
    const { stage, suite, key } = entries[start]!;
    const group = suiteKey(key);
    let end = start;
    let failed = 0;
    let durationMs = 0;
    while (end < entries.length && suiteKey(entries[end]!.key) === group) {
      const { test } = entries[end]!;
      if (isFailed(test)) failed += 1;
      durationMs += test.durationMs;
      end += 1;
    }
    rows.push({ type: 'suite', key: group, stage, name: suite, count: end - start, failed, durationMs });
    rows.push(...entries.slice(start, end));
    start = end;
  }
  return rows;
}

const suiteKey = (key: string): string => key.slice(0, key.lastIndexOf('/'));
