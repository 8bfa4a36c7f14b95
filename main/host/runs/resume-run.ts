import type { Engine, RunHandle } from '#main/engine/engine.ts';
import type { RunOwner } from '#main/engine/ports.ts';
import type { Store } from '#main/store/open-store.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { RunId } from '#shared/lib/ids.ts';
import type { RunEvent } from '#shared/run/events.ts';
import { readRun } from './read-run.ts';
import type { RequestWatch } from './watch-requests.ts';

/** A run that ends its host each time must not do so for ever. */
const MAX_INTERRUPTIONS = 3;
/** Interrupted runs that are looked at, newest first. */
const MOST_RUNS = 1_000;

interface ResumePorts {
  readonly engine: Engine;
  readonly store: Store;
  readonly owner: RunOwner;
  readonly requests: Pick<RequestWatch, 'add'>;
}

/**
 * Takes an interrupted run over and goes on with it: what finished stays finished, what was under way is tried again.
 * @throws AppError `run-not-found`; `run-not-active` when it is not interrupted, or another host was faster
 */
export function resumeRun({ engine, store, owner, requests }: ResumePorts, runId: RunId): RunHandle {
  if (!store.runs.claimInterrupted(runId, owner)) {
    const { number, name, status } = store.runs.get(runId);
    throw new AppError('run-not-active', `Run #${number} of ${name} is not interrupted but ${status}.`, {
      hint: 'Only a run whose host died can be resumed; see `pipewright runs rerun`.',
    });
  }
  try {
    const run = engine.resume(readRun(store.events, runId));
    // It may wait for its concurrency group before it tells anything.
    requests.add(runId);
    return run;
  } catch (error) {
    store.runs.unclaim(runId);
    throw error;
  }
}

/**
 * Goes on with the interrupted runs whose file says `on-restart: resume`. For hosts that stay.
 * @param among only these; default: all, oldest first
 */
export function resumeByPlan(ports: ResumePorts, among?: readonly RunId[]): readonly RunId[] {
  const { store } = ports;
  const resumed: RunId[] = [];
  for (const id of among ?? allInterrupted(store)) {
    const [created] = store.events.read(id, 0, 1);
    if (created?.type !== 'run-created' || created.plan.onRestart !== 'resume') continue;
    if (interruptions(store, id) > MAX_INTERRUPTIONS) continue;
    try {
      resumeRun(ports, id);
      resumed.push(id);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'run-not-active') throw error;
    }
  }
  return resumed;
}

function allInterrupted({ runs }: Pick<Store, 'runs'>): readonly RunId[] {
  const page = runs.list({ statuses: ['interrupted'], limit: MOST_RUNS });
  return page.runs.map(({ id }) => id).reverse();
}

function interruptions({ events }: Pick<Store, 'events'>, runId: RunId): number {
  const isInterruption = (event: RunEvent): boolean =>
    event.type === 'run-finished' && event.status === 'interrupted';
  return events.read(runId, 0, Number.MAX_SAFE_INTEGER).filter(isInterruption).length;
}
