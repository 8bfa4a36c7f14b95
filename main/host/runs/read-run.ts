import type { EventLog } from '#main/store/event-log.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { reduceRun } from '#shared/run/reduce-run.ts';
import type { RunState } from '#shared/run/run-state.ts';

const BATCH = 2_000;

/**
 * A run's state from its stored events.
 * @param untilSeq the last one to fold; default: all
 * @throws AppError `run-not-found`
 */
export function readRun(
  events: Pick<EventLog, 'read'>,
  runId: RunId,
  untilSeq: number = Number.MAX_SAFE_INTEGER,
): RunState {
  let state: RunState | null = null;
  for (;;) {
    const seq: number = state?.seq ?? 0;
    const count = Math.min(BATCH, untilSeq - seq);
    const batch = events.read(runId, seq, count);
    for (const event of batch) state = reduceRun(state, event);
    if (batch.length < BATCH) break;
  }
  if (state === null) {
    throw new AppError('run-not-found', `There is no run ${runId}.`, { hint: 'See `pipewright runs list`.' });
  }
  return state;
}
