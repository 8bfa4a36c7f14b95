import type { TriggerPipeline } from '#main/triggers/ports.ts';
import type { Trigger } from '#shared/api/trigger-schemas.ts';
import { waitFor } from './runs/wait.ts';

/** At most two values a second. */
const INTERVAL_MS = 500;
/** Pipeline files are looked at less often than the store. */
const FILES_MS = 3_000;

export interface FollowTriggersPorts {
  readonly listPipelines: () => Promise<readonly TriggerPipeline[]>;
  readonly triggersOf: (pipelines: readonly TriggerPipeline[], nowMs: number) => Trigger[];
  /** Differs when what the store knows of triggers may have changed. */
  readonly mark: () => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * All triggers, at once and then whenever one of them has changed, whichever host or file changed it: a firing, its run, the
 * next time, a fault, a pause. Asks only while someone listens. Ends on abort.
 */
export async function* followTriggers(
  { listPipelines, triggersOf, mark, now }: FollowTriggersPorts,
  signal?: AbortSignal,
): AsyncGenerator<Trigger[], void, undefined> {
  let last = '';
  let pipelines: readonly TriggerPipeline[] = [];
  let filesAt = -Infinity;
  let marked = '';
  let nextAt = Infinity;
  for (;;) {
    const nowMs = now();
    const hasFiles = Math.abs(nowMs - filesAt) >= FILES_MS;
    if (hasFiles) {
      pipelines = await listPipelines();
      filesAt = nowMs;
      if (signal?.aborted === true) return;
    }
    const seen = mark();
    if (hasFiles || seen !== marked || nowMs >= nextAt) {
      marked = seen;
      const triggers = triggersOf(pipelines, nowMs);
      nextAt = Math.min(
        ...triggers.map((trigger) => (trigger.nextAt === null ? Infinity : Date.parse(trigger.nextAt))),
      );
      const text = JSON.stringify(triggers);
      if (text !== last) yield triggers;
      last = text;
    }
    await waitFor(INTERVAL_MS, signal);
    // Before the store is asked: it may be closed by now.
    if (signal?.aborted === true) return;
  }
}
