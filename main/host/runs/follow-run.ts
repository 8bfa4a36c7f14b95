import type { Engine } from '#main/engine/engine.ts';
import type { EventLog } from '#main/store/event-log.ts';
import type { RunId } from '#shared/lib/ids.ts';
import type { RunEvent } from '#shared/run/events.ts';
import { waitFor } from './wait.ts';

/** Events per batch: small enough to send at once, large enough for a long history. */
const BATCH = 500;
/** Events of one moment come as one batch. */
const GATHER_MS = 20;
/** How often to look for what another host stored. */
const POLL_MS = 200;

export interface FollowRunOptions {
  readonly events: Pick<EventLog, 'read'>;
  readonly engine: Pick<Engine, 'subscribe' | 'get'>;
  readonly runId: RunId;
  /** The last `seq` that is known; 0 for all. */
  readonly afterSeq: number;
  readonly signal?: AbortSignal | undefined;
  /** Whether more events may come; asked when there is nothing to read. */
  readonly isActive: () => boolean;
}

/**
 * The events of a run after `afterSeq` in order, without gap or repeat: those that are stored, then those that come, whichever
 * host stores them. Ends when the run has, or quietly on abort. Always reads from the store and keeps nothing for a consumer
 * that is slow: it finds the next batch there.
 */
export async function* followRun(
  options: FollowRunOptions,
): AsyncGenerator<readonly RunEvent[], void, undefined> {
  const { events, engine, runId, signal } = options;
  let afterSeq = options.afterSeq;
  while (signal?.aborted !== true) {
    // Subscribed before the read: what is stored after the read wakes the wait.
    const alarm = { rang: false, wake: (): void => undefined };
    const unsubscribe = engine.subscribe((changed) => {
      if (changed !== runId) return;
      alarm.rang = true;
      alarm.wake();
    });
    try {
      const wasActive = options.isActive();
      const batch = events.read(runId, afterSeq, BATCH);
      const last = batch.at(-1);
      if (last) {
        afterSeq = last.seq;
        yield batch;
        if (last.type === 'run-finished' && !options.isActive()) return;
      } else if (!wasActive) {
        return;
      } else if (!alarm.rang) {
        await waitFor(POLL_MS, signal, (callback) => {
          alarm.wake = callback;
          return () => undefined;
        });
      }
      if (batch.length < BATCH) await waitFor(GATHER_MS, signal);
    } finally {
      unsubscribe();
    }
  }
}
