import { chunkedGet } from '#shared/lib/chunked.ts';
import { formatDuration } from '#shared/lib/durations.ts';
import type { StageId } from '#shared/lib/ids.ts';
import { describeOutcome } from '#shared/run/outcome.ts';
import type { RunState, StageState } from '#shared/run/run-state.ts';
import type { StageStatus } from '#shared/run/status.ts';

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

/** A stage that failed and was not allowed to. */
export interface BrokenStage {
  readonly stage: StageId;
  readonly name: string;
  readonly status: StageStatus;
  /** The attempt that decided; 0 when none could be started. */
  readonly attempt: number;
  readonly reason: string;
}

/** All stages whose failure decides the run, the first one first. */
export function brokenStages(run: RunState): readonly BrokenStage[] {
  const { counts } = run;
  if (counts.failed + counts['timed-out'] + counts['infra-error'] === 0) return [];
  const failed = run.plan.stages.flatMap(({ continueOnError, matrix, name }, index) => {
    const stage = chunkedGet(run.stages, index);
    // A matrix only repeats what its legs did.
    const isRepeated = (matrix?.legs ?? []).length > 0;
    return continueOnError || isRepeated || !isFailure(stage) ? [] : [{ stage, name }];
  });
  return failed
    .sort((a, b) => compareTimes(a.stage.finishedAt, b.stage.finishedAt))
    .map(({ stage, name }) => ({
      stage: stage.id,
      name,
      status: stage.status,
      attempt: stage.attempts.length,
      reason: reasonOf(stage),
    }));
}

/** ISO 8601; none comes first. */
const compareTimes = (a: string | null, b: string | null): number => {
  const [first, second] = [a ?? '', b ?? ''];
  return first < second ? -1 : first > second ? 1 : 0;
};

/** The first stage whose failure decides the run; null when there is none (yet). */
export function whatBroke(run: RunState): Breakage | null {
  const broken = brokenStages(run);
  const [first] = broken;
  if (first === undefined) return null;
  const { stage, name, attempt, reason } = first;
  return { stage, name, attempt, reason, others: broken.length - 1 };
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
