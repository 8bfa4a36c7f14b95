import { formatDuration } from '#shared/lib/durations.ts';
import type { PlannedRetry, PlannedStage } from '#shared/pipeline/plan.ts';
import { describeOutcome } from '#shared/run/outcome.ts';
import { progressWords } from '#shared/run/progress.ts';
import type { ApprovalState, AttemptState, CacheState, StageState } from '#shared/run/run-state.ts';
import type { StageStatus } from '#shared/run/status.ts';

/** The status that an attempt or a step shows; without an outcome it runs. */
export const attemptStatus = ({ outcome }: Pick<AttemptState, 'outcome'>): StageStatus =>
  outcome?.type ?? 'running';

/** How it ended in a few words (`exit code 2`, `timed out after 10s`); null where the status says it all. */
export function outcomeWords({ outcome }: Pick<AttemptState, 'outcome'>): string | null {
  return outcome === null || outcome.type === 'succeeded' ? null : describeOutcome(outcome, formatDuration);
}

/** How far an attempt was when it ended before its end; null where the list of steps says it, or nothing was told. */
export function reachedWords(
  { outcome, progress }: AttemptState,
  { steps }: Pick<PlannedStage, 'steps'>,
): string | null {
  if (progress === undefined || outcome === null || outcome.type === 'succeeded') return null;
  return steps.length > 1 && progress.step === undefined ? null : progressWords(progress);
}

/** Why a stage did not run, in one sentence; null for one that ran or may still. */
export function skipWords({ reason, status }: StageState): string | null {
  if (reason === null) return status === 'cancelled' ? 'Cancelled before it started.' : null;
  switch (reason.type) {
    case 'upstream':
      return `It needs ${reason.stage}, which ${upstreamWords(reason.status)}.`;
    case 'condition':
      return `Skipped because \`${reason.expression}\` is false.`;
    case 'no-legs':
      return 'None of the legs of its matrix ran.';
    case 'not-selected':
      return 'It was not among the stages to run.';
    case 'run-cancelled':
      return 'The run was cancelled before its turn.';
  }
}

/** The values of a leg, `node = 22, os = linux`. */
export const legWords = (values: Readonly<Record<string, unknown>>): string =>
  Object.entries(values)
    .map(([key, value]) => `${key} = ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');

/** What became of a cache: `restored`, `restored from npm-4f2c1ab`, or `nothing was kept under it`. */
export function cacheWords({ key, matchedKey }: CacheState): string {
  if (matchedKey === null) return 'nothing was kept under it yet';
  return matchedKey === key ? 'restored' : `restored from ${matchedKey}`;
}

/** Who decided: `Approved by Ada`, `Rejected: nobody decided in time`; null while it waits. */
export function decisionWords({ decision, by }: ApprovalState): string | null {
  if (decision === null) return null;
  const verb = decision === 'approved' ? 'Approved' : 'Rejected';
  return by === null ? `${verb}: nobody decided in time` : `${verb} by ${by}`;
}

/** Why results of an earlier run stand for the stage's own. */
export const reuseWords = ({ because }: NonNullable<StageState['reusedFrom']>): string =>
  because === 'unchanged'
    ? 'Nothing that it depends on has changed since.'
    : 'It had succeeded there, and this run goes on from it.';

/** How often a stage may be tried, where it may be more than once: `3 times at most, …`. */
export function retryWords(retry: PlannedRetry | null): string | null {
  if (retry === null || retry.max === 0) return null;
  const pause = retry.delayMs === 0 ? '' : `, ${formatDuration(retry.delayMs)} apart`;
  const growth = retry.backoff === 'constant' || retry.delayMs === 0 ? '' : ' and longer each time';
  return `up to ${retry.max + 1} times${pause}${growth}`;
}

const upstreamWords = (status: string): string =>
  ({ failed: 'failed', 'timed-out': 'timed out', skipped: 'was skipped', cancelled: 'was cancelled' })[
    status
  ] ?? 'could not be run';
