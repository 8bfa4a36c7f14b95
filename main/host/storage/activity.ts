import type { Engine } from '#main/engine/engine.ts';
import type { Store } from '#main/store/open-store.ts';
import { chunkedToArray } from '#shared/lib/chunked.ts';
import { readRun } from '../runs/read-run.ts';

/** More runs at once than any machine has. */
const MOST_RUNS = 10_000;

/** What goes on in a data folder, in this host and in others. */
export interface Activity {
  /** Nothing is worked on: there are no active runs, or all of them only wait for people. */
  readonly isIdle: boolean;
  /** When the oldest attempt that is not over began; null: there is none. Epoch milliseconds. */
  readonly since: number | null;
}

export function readActivity({
  engine,
  store,
}: {
  readonly engine: Pick<Engine, 'get'>;
  readonly store: Pick<Store, 'events' | 'runs'>;
}): Activity {
  let isIdle = true;
  const begins: number[] = [];
  for (const { id } of store.runs.list({ statuses: ['queued', 'running'], limit: MOST_RUNS }).runs) {
    const stages = chunkedToArray((engine.get(id)?.state() ?? readRun(store.events, id)).stages);
    const open = stages.flatMap(({ attempts }) => attempts.filter(({ outcome }) => outcome === null));
    begins.push(...open.map(({ startedAt }) => Date.parse(startedAt)));
    if (open.length > 0 || !stages.some(({ status }) => status === 'waiting-approval')) isIdle = false;
  }
  return { isIdle, since: begins.length === 0 ? null : Math.min(...begins) };
}
