import type { EventLog } from '#main/store/event-log.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { reduceRun } from '#shared/run/reduce-run.ts';
import type { RunState } from '#shared/run/run-state.ts';

const BATCH = 2_000;

/** A run's state from its stored events. @throws AppError `run-not-found` */
export function readRun(events: Pick<EventLog, 'read'>, runId: RunId): RunState {
  let state: RunState | null = null;
  for (;;) {
    const batch = events.read(runId, state?.seq ?? 0, BATCH);
    for (const event of batch) state = reduceRun(state, event);
    if (batch.length < BATCH) break;
  }
  if (state === null) {
    throw new AppError('run-not-found', `There is no run ${runId}.`, { hint: 'See `pipewright runs list`.' });
  }
  return state;
}
