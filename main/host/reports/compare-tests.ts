import type { CaseKey, ListedTests, RunComparison } from '#shared/api/report-schemas.ts';
import type { TestStatus } from '#shared/reports/test-report.ts';

const SLOWER = 50;
const SLOWER_FACTOR = 2;
const SLOWER_MS = 100;

interface Result {
  readonly key: CaseKey;
  readonly status: TestStatus;
  readonly durationMs: number;
}

/** What became of the cases of one run in another. Of cases with the same key the last counts. */
export function compareTests(
  before: readonly ListedTests[],
  after: readonly ListedTests[],
): Omit<RunComparison['tests'], 'total'> {
  const [old, now] = [resultsOf(before), resultsOf(after)];
  const both = [...now].flatMap(([name, result]) => {
    const earlier = old.get(name);
    return earlier ? [{ earlier, result }] : [];
  });
  const keys = (results: readonly Result[]): CaseKey[] => results.map(({ key }) => key);
  return {
    broken: keys(
      both.filter(({ earlier, result }) => isBad(result) && !isBad(earlier)).map(({ result }) => result),
    ),
    fixed: keys(
      both
        .filter(({ earlier, result }) => isBad(earlier) && result.status === 'passed')
        .map(({ result }) => result),
    ),
    added: keys([...now].filter(([name]) => !old.has(name)).map(([, result]) => result)),
    removed: keys([...old].filter(([name]) => !now.has(name)).map(([, result]) => result)),
    slower: both
      .map(({ earlier, result }) => ({
        key: result.key,
        beforeMs: earlier.durationMs,
        afterMs: result.durationMs,
      }))
      .filter(
        ({ beforeMs, afterMs }) => afterMs >= beforeMs * SLOWER_FACTOR && afterMs - beforeMs >= SLOWER_MS,
      )
      .sort((a, b) => b.afterMs - b.beforeMs - (a.afterMs - a.beforeMs))
      .slice(0, SLOWER),
  };
}

const isBad = ({ status }: Result): boolean => status === 'failed' || status === 'errored';

function resultsOf(tests: readonly ListedTests[]): Map<string, Result> {
  const results = new Map<string, Result>();
  for (const { stage, suites } of tests) {
    for (const { name: suite, cases } of suites) {
      for (const { classname, name, status, durationMs } of cases) {
        const key = { stage, suite, classname, name };
        results.set(JSON.stringify([stage, suite, classname, name]), { key, status, durationMs });
      }
    }
  }
  return results;
}
