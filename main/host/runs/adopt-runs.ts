import type { Clock, RunOwner } from '#main/engine/ports.ts';
import type { Store } from '#main/store/open-store.ts';
import type { RunProcess } from '#main/store/runs.ts';
import { toAppError } from '#shared/lib/app-error.ts';
import { chunkedToArray } from '#shared/lib/chunked.ts';
import type { RunId } from '#shared/lib/ids.ts';
import type { RunEvent, RunEventBody } from '#shared/run/events.ts';
import type { RunState } from '#shared/run/run-state.ts';
import { isFinalRunStatus } from '#shared/run/status.ts';
import { isOwnerAlive } from '../owner.ts';
import { readRun } from './read-run.ts';

export interface AdoptionPorts {
  readonly store: Pick<Store, 'events' | 'runs'>;
  readonly owner: RunOwner;
  readonly clock: Pick<Clock, 'now'>;
  /** Ends what is left of a run's processes: those listed, and those that carry its id in their environment. */
  readonly killLeftovers: (runId: RunId, processes: readonly RunProcess[]) => Promise<void>;
  /** Called when a run was marked as interrupted. */
  readonly onInterrupted?: (runId: RunId) => void;
}

/** What a start found of the hosts that are gone. */
export interface Adoption {
  /** Runs that were taken over. */
  readonly adopted: readonly RunId[];
  /** Runs that belong to this host now, but could not be marked as interrupted: the disk is full, for example. */
  readonly unfinished: readonly RunId[];
}

/**
 * Takes over the runs whose host is gone: ends what is left of their processes and marks them as interrupted.
 * Of several hosts that try at once, one takes each run. Costs one query when there is nothing to do. A store that
 * refuses a change leaves the run as it is: what is stored can be read all the same.
 */
export async function adoptRuns(
  ports: AdoptionPorts,
  isAlive: (owner: RunOwner) => boolean = isOwnerAlive,
): Promise<Adoption> {
  const { store, owner } = ports;
  const adopted: RunId[] = [];
  const unfinished: RunId[] = [];
  for (const { runId, owner: from } of store.runs.findAbandoned(oncePerOwner(isAlive))) {
    const isTaken = await unlessRefused(() => store.runs.takeOwnership(runId, owner, from));
    if (isTaken !== true) continue;
    const isMarked = await unlessRefused(() => interruptRun(ports, runId));
    (isMarked === true ? adopted : unfinished).push(runId);
  }
  return { adopted, unfinished };
}

/** Marks a run of this host that nobody goes on with as interrupted, after what is left of its processes was ended. */
export async function interruptRun(ports: AdoptionPorts, runId: RunId): Promise<true> {
  const { store } = ports;
  const processes = store.runs.processesOf(runId);
  await ports.killLeftovers(runId, processes);
  for (const { pid } of processes) store.events.removeProcess(runId, pid);
  const state = readRun(store.events, runId);
  // Its host died between taking it over and going on with it.
  if (state.status === 'interrupted') store.runs.unclaim(runId);
  else if (!isFinalRunStatus(state.status)) {
    store.events.append(runId, endingOf(state, ports.clock.now()));
    ports.onInterrupted?.(runId);
  }
  return true;
}

/** One host may own many runs. */
function oncePerOwner(isAlive: (owner: RunOwner) => boolean): (owner: RunOwner) => boolean {
  const known = new Map<string, boolean>();
  return (owner) => {
    const key = `${owner.hostId} ${owner.pid}`;
    const answer = known.get(key) ?? isAlive(owner);
    known.set(key, answer);
    return answer;
  };
}

/** Undefined when the store refused, as it does on a full disk. */
async function unlessRefused<Result>(work: () => Result | Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (toAppError(error).kind === 'bug') throw error;
    return undefined;
  }
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
