import type { Clock } from '#main/engine/ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { Host } from '../create-host.ts';
import { readActivity } from './activity.ts';
import { readLastCollection, runCollection } from './run-collection.ts';
import { readRetentionLimits, readRetentionSettings } from './retention-settings.ts';

/** After a start people do something else first. */
const FIRST_LOOK_MS = 5 * 60_000;
const LOOK_MS = 10 * 60_000;
const DAY_MS = 86_400_000;

export interface AutoCollect {
  /** Stops a collection that is going on, and waits for that. Idempotent. */
  close(): Promise<void>;
}

/**
 * Collects once a day while nothing runs in the data folder, if the settings want it; a run that begins stops it, and the
 * next look goes on. Of several hosts one does it.
 */
export function startAutoCollect(host: Host, clock: Clock): AutoCollect {
  const closing = new AbortController();
  let collecting: Promise<void> = Promise.resolve();
  let cancelLook = clock.after(FIRST_LOOK_MS, look);

  function look(): void {
    collecting = collectIfDue(host, clock, closing.signal)
      // What is wrong with the data folder shows elsewhere; the next look tries again.
      .catch(() => undefined)
      .then(() => {
        if (!closing.signal.aborted) cancelLook = clock.after(LOOK_MS, look);
      });
  }

  return {
    async close() {
      closing.abort();
      cancelLook();
      await collecting;
    },
  };
}

async function collectIfDue(host: Host, clock: Clock, closing: AbortSignal): Promise<void> {
  const { settings } = host.store;
  if (!readRetentionSettings(settings).auto || !isDue(host, clock.now()) || !readActivity(host).isIdle)
    return;
  const busy = new AbortController();
  const unsubscribe = host.engine.subscribe(() => busy.abort());
  try {
    const signal = AbortSignal.any([closing, busy.signal]);
    const limits = readRetentionLimits(settings);
    const collecting = runCollection(host, { limits, now: clock.now(), signal, automatic: true });
    let changes = host.store.runs.changeCursor();
    while (!(await collecting.next()).done) {
      // Runs of other hosts; what was removed here changes no run that is left.
      const now = host.store.runs.changeCursor();
      if (now !== changes && !readActivity(host).isIdle) busy.abort();
      changes = now;
    }
  } catch (error) {
    const isExpected = closing.aborted || busy.signal.aborted;
    if (!isExpected && !(error instanceof AppError && error.code === 'busy')) throw error;
  } finally {
    unsubscribe();
  }
}

/** A last time that lies ahead was noted before the clock went back. */
function isDue({ store }: Host, now: number): boolean {
  const last = readLastCollection(store);
  if (last?.complete !== true) return true;
  const since = now - Date.parse(last.at);
  return since < 0 || since >= DAY_MS;
}
