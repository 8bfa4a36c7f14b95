import type { CaseKey, ListedCase, ListedTests } from '#shared/api/report-schemas.ts';
import type { TestStatus } from '#shared/reports/test-report.ts';

/** A case with its place; `key` is unique in its run. */
export interface TestEntry {
  readonly type: 'case';
  readonly key: string;
  readonly stage: string;
  readonly suite: string;
  /** Where `report.testCase` finds it. */
  readonly place: { readonly suite: number; readonly case: number };
  readonly test: ListedCase;
  /** Name, class, suite and file in small letters, to be searched. */
  readonly words: string;
}

export type TestFilter = 'all' | 'failed' | 'new' | 'flaky' | 'passed' | 'skipped';
export type TestCounts = Readonly<Record<TestFilter, number>>;

const FAILED: ReadonlySet<TestStatus> = new Set(['failed', 'errored']);

export const isFailed = ({ status }: { readonly status: TestStatus }): boolean => FAILED.has(status);

/** It fails, and did not in the run before. */
export const isNewFailure = (test: ListedCase): boolean => isFailed(test) && test.failingSince === undefined;

/** Every case of a run in the order of the reports. */
export function testEntries(reports: readonly ListedTests[]): readonly TestEntry[] {
  const entries: TestEntry[] = [];
  for (const { stage, suites } of reports) {
    for (const [suiteIndex, suite] of suites.entries()) {
      for (const [index, test] of suite.cases.entries()) {
        entries.push({
          type: 'case',
          key: `${stage}/${suiteIndex}/${index}`,
          stage,
          suite: suite.name,
          place: { suite: suiteIndex, case: index },
          test,
          words: `${test.name}\n${test.classname ?? ''}\n${suite.name}\n${test.file ?? ''}`.toLowerCase(),
        });
      }
    }
  }
  return entries;
}

export function countTests(entries: readonly TestEntry[]): TestCounts {
  const counts = { all: entries.length, failed: 0, new: 0, flaky: 0, passed: 0, skipped: 0 };
  for (const { test } of entries) {
    if (test.flaky) counts.flaky += 1;
    if (isFailed(test)) {
      counts.failed += 1;
      if (isNewFailure(test)) counts.new += 1;
    } else if (test.status === 'passed') counts.passed += 1;
    else counts.skipped += 1;
  }
  return counts;
}

const FITS: Record<TestFilter, (test: ListedCase) => boolean> = {
  all: () => true,
  failed: isFailed,
  new: isNewFailure,
  flaky: ({ flaky }) => flaky,
  passed: ({ status }) => status === 'passed',
  skipped: ({ status }) => status === 'skipped',
};

/** The cases that pass the filter and hold the text in their name, class, suite or file, whatever its case. */
export function filterTests(
  entries: readonly TestEntry[],
  filter: TestFilter,
  text: string,
): readonly TestEntry[] {
  const wanted = text.trim().toLowerCase();
  const fits = FITS[filter];
  if (filter === 'all' && wanted === '') return entries;
  return entries.filter(({ test, words }) => fits(test) && (wanted === '' || words.includes(wanted)));
}

export const caseKeyOf = ({ stage, suite, test }: TestEntry): CaseKey => ({
  stage,
  suite,
  classname: test.classname,
  name: test.name,
});

/** A case as the address names it, the same in every run. */
export const caseItem = ({ stage, suite, classname, name }: CaseKey): string =>
  JSON.stringify([stage, suite, classname, name]);

/** Reads what `caseItem` wrote; null for anything else. */
export function readCaseItem(item: string): CaseKey | null {
  let parts: unknown;
  try {
    parts = JSON.parse(item);
  } catch {
    return null;
  }
  if (!Array.isArray(parts)) return null;
  const [stage, suite, classname, name] = parts as unknown[];
  if (typeof stage !== 'string' || typeof suite !== 'string' || typeof name !== 'string') return null;
  return { stage, suite, classname: typeof classname === 'string' ? classname : null, name };
}

/** The case of that name in this run. */
export function findEntry(entries: readonly TestEntry[], key: CaseKey): TestEntry | undefined {
  return entries.find(
    ({ stage, suite, test }) =>
      test.name === key.name &&
      suite === key.suite &&
      stage === key.stage &&
      test.classname === key.classname,
  );
}
