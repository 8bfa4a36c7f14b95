import type { Store } from '#main/store/open-store.ts';
import { caseHash } from '#main/store/case-hash.ts';
import type { CaseOutcome } from '#main/store/test-results.ts';
import type { CaseKey, CaseResult } from '#shared/api/report-schemas.ts';
import type { RunSummary } from '#shared/api/schemas.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { pointOf } from './run-point.ts';

const MOST = 100;
/** A case that was not in any of so many runs is not looked for further back. */
const RUNS = 500;

/** What became of a case in the runs of the same pipeline up to a run, newest first. @throws AppError `run-not-found` */
export function caseHistory(
  store: Pick<Store, 'runs' | 'runLine' | 'testResults'>,
  runId: RunId,
  key: CaseKey,
): CaseResult[] {
  const hash = caseHash(key);
  const results: CaseResult[] = [];
  for (const run of [store.runs.get(runId), ...store.runLine.before(runId, null, RUNS)]) {
    const outcome = store.testResults.outcome(run.id, hash);
    if (outcome) results.push(resultOf(run, outcome));
    if (results.length === MOST) break;
  }
  return results;
}

export const resultOf = (run: RunSummary, { status, durationMs, isFlaky }: CaseOutcome): CaseResult => ({
  run: pointOf(run),
  status,
  durationMs,
  flaky: isFlaky,
});
