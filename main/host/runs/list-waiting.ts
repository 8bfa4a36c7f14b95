import type { Engine } from '#main/engine/engine.ts';
import type { Store } from '#main/store/open-store.ts';
import type { RunSummary, WaitingApproval } from '#shared/api/schemas.ts';
import { chunkedToArray } from '#shared/lib/chunked.ts';
import type { Plan } from '#shared/pipeline/plan.ts';
import { readRun } from './read-run.ts';

/** More runs at once than any machine has. */
const MOST_RUNS = 10_000;

interface WaitingPorts {
  readonly engine: Pick<Engine, 'get'>;
  readonly store: Pick<Store, 'events' | 'runs'>;
}

/** Stages that wait for a person, oldest first, of this host's runs and those of others on its data folder. */
export function listWaiting(ports: WaitingPorts): WaitingApproval[] {
  const { runs } = ports.store.runs.list({ statuses: ['running'], limit: MOST_RUNS });
  return runs
    .flatMap((run) => waitingOf(ports, run))
    .sort((a, b) => a.requestedAt.localeCompare(b.requestedAt));
}

/** The stages of one active run that wait for a person. */
export function waitingOf({ engine, store }: WaitingPorts, run: RunSummary): WaitingApproval[] {
  const own = engine.get(run.id)?.state();
  if (own === undefined) {
    const [created] = store.events.read(run.id, 0, 1);
    if (created?.type !== 'run-created' || !mayWait(created.plan)) return [];
  }
  const state = own ?? readRun(store.events, run.id);
  return chunkedToArray(state.stages).flatMap(({ id: stage, status, approval }) => {
    if (status !== 'waiting-approval' || approval === null) return [];
    const { message, allowed, requestedAt, expiresAt } = approval;
    return [{ run, stage, message, allowed: [...allowed], requestedAt, expiresAt }];
  });
}

/** Most runs ask nobody, so their events need not be read. */
const mayWait = ({ stages }: Plan): boolean =>
  stages.some(({ approval, matrix }) => (approval ?? matrix?.template?.leg.approval ?? null) !== null);
