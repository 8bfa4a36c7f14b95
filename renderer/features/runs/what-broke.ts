import { chunkedGet } from '#shared/lib/chunked.ts';
import { formatDuration } from '#shared/lib/durations.ts';
import type { StageId } from '#shared/lib/ids.ts';
import { describeOutcome } from '#shared/run/outcome.ts';
import type { RunState, StageState } from '#shared/run/run-state.ts';

/** Why a run failed, as its screen says it in one line. */
export interface Breakage {
  readonly stage: StageId;
  readonly name: string;
  /** The attempt that decided; 0 when none could be started. */
  readonly attempt: number;
  /** `2 tests failed, exit code 1` */
  readonly reason: string;
  /** Other stages that failed and were not allowed to. */
  readonly others: number;
}

const isFailure = ({ status }: StageState): boolean =>
  status === 'failed' || status === 'timed-out' || status === 'infra-error';

/** The first stage whose failure decides the run; null when there is none (yet). */
export function whatBroke(run: RunState): Breakage | null {
  const { counts } = run;
  if (counts.failed + counts['timed-out'] + counts['infra-error'] === 0) return null;
  let first: StageState | null = null;
  let failures = 0;
  for (const [index, { continueOnError, matrix }] of run.plan.stages.entries()) {
    const stage = chunkedGet(run.stages, index);
    // A matrix only repeats what its legs did.
    if (continueOnError || (matrix?.legs ?? []).length > 0 || !isFailure(stage)) continue;
    failures += 1;
    if (first === null || (stage.finishedAt ?? '') < (first.finishedAt ?? '')) first = stage;
  }
  if (first === null) return null;
  const index = run.graph.indexOf.get(first.id)!;
  return {
    stage: first.id,
    name: run.plan.stages[index]!.name,
    attempt: first.attempts.length,
    reason: reasonOf(first),
    others: failures - 1,
  };
}

function reasonOf(stage: StageState): string {
  const failedTests = stage.reports.reduce(
    (sum, report) => sum + (report.type === 'tests' ? report.failed + report.errored : 0),
    0,
  );
  const outcome = stage.attempts.at(-1)?.outcome;
  const parts = [
    failedTests > 0 ? `${failedTests} ${failedTests === 1 ? 'test' : 'tests'} failed` : null,
    outcome == null ? null : describeOutcome(outcome, formatDuration),
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'it could not be started' : parts.join(', ');
}
