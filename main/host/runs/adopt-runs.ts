import type { Clock, RunOwner } from '#main/engine/ports.ts';
import type { Store } from '#main/store/open-store.ts';
import type { RunProcess } from '#main/store/runs.ts';
import { chunkedToArray } from '#shared/lib/chunked.ts';
import type { RunId } from '#shared/lib/ids.ts';
import type { RunEvent, RunEventBody } from '#shared/run/events.ts';
import type { RunState } from '#shared/run/run-state.ts';
import { isOwnerAlive } from '../owner.ts';
import { readRun } from './read-run.ts';

export interface AdoptionPorts {
  readonly store: Pick<Store, 'events' | 'runs'>;
  readonly owner: RunOwner;
  readonly clock: Pick<Clock, 'now'>;
  /** Ends what is left of a run's processes: those listed, and those that carry its id in their environment. */
  readonly killLeftovers: (runId: RunId, processes: readonly RunProcess[]) => Promise<void>;
}

/**
 * Takes over the runs whose host is gone: ends what is left of their processes and marks them as interrupted.
 * Of several hosts that start at once, one takes each run. Costs one query when there is nothing to do.
 * @returns the runs that were taken over
 */
export async function adoptRuns(ports: AdoptionPorts): Promise<readonly RunId[]> {
  const { store, owner } = ports;
  const adopted: RunId[] = [];
  for (const abandoned of store.runs.findAbandoned(isOwnerAlive)) {
    if (!store.runs.takeOwnership(abandoned.runId, owner, abandoned.owner)) continue;
    const processes = store.runs.processesOf(abandoned.runId);
    await ports.killLeftovers(abandoned.runId, processes);
    for (const { pid } of processes) store.events.removeProcess(abandoned.runId, pid);
    const state = readRun(store.events, abandoned.runId);
    // Its host died between taking it over and going on with it.
    if (state.status === 'interrupted') store.runs.unclaim(abandoned.runId);
    else store.events.append(abandoned.runId, endingOf(state, ports.clock.now()));
    adopted.push(abandoned.runId);
  }
  return adopted;
}

/** What is missing in the log of a run that nobody goes on with. */
function endingOf(state: RunState, nowMs: number): readonly RunEvent[] {
  const error = { code: 'host-died', message: 'Pipewright ended while this was running' } as const;
  const bodies = chunkedToArray(state.stages).flatMap((stage): RunEventBody[] => {
    const attempt = stage.attempts.at(-1);
    if (!attempt || attempt.outcome !== null) return [];
    return [
      {
        type: 'attempt-finished',
        stage: stage.id,
        attempt: attempt.number,
        outcome: { type: 'infra-error', error },
      },
    ];
  });
  const at = new Date(nowMs).toISOString();
  return [...bodies, { type: 'run-finished', status: 'interrupted' } as const].map((body, index) => ({
    ...body,
    runId: state.runId,
    seq: state.seq + 1 + index,
    at,
  }));
}
