import { formatDuration } from '#shared/lib/durations.ts';
import { describeOutcome } from '#shared/run/outcome.ts';
import type { AttemptState, StageState } from '#shared/run/run-state.ts';
import type { StageStatus } from '#shared/run/status.ts';

/** The status that an attempt or a step shows; without an outcome it runs. */
export const attemptStatus = ({ outcome }: Pick<AttemptState, 'outcome'>): StageStatus =>
  outcome?.type ?? 'running';

/** How it ended in a few words (`exit code 2`, `timed out after 10s`); null where the status says it all. */
export function outcomeWords({ outcome }: Pick<AttemptState, 'outcome'>): string | null {
  return outcome === null || outcome.type === 'succeeded' ? null : describeOutcome(outcome, formatDuration);
}

/** Why a stage did not run, in one sentence; null for one that ran or may still. */
export function skipWords({ reason, status }: StageState): string | null {
  if (reason === null) return status === 'cancelled' ? 'Cancelled before it started.' : null;
  switch (reason.type) {
    case 'upstream':
      return `It needs ${reason.stage}, which ${upstreamWords(reason.status)}.`;
    case 'not-selected':
      return 'It was not among the stages to run.';
    case 'run-cancelled':
      return 'The run was cancelled before its turn.';
  }
}

const upstreamWords = (status: string): string =>
  ({ failed: 'failed', 'timed-out': 'timed out', skipped: 'was skipped', cancelled: 'was cancelled' })[
    status
  ] ?? 'could not be run';
