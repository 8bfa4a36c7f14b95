import type { Runs } from '#main/store/runs.ts';
import type { RunSummary } from '#shared/api/schemas.ts';
import { waitFor } from './wait.ts';

/** At most four values a second. */
const INTERVAL_MS = 250;
/** Runs per value. */
const BATCH = 200;

/**
 * The runs that changed, whichever host changed them, from the moment of the call on; many changes of one run come as one.
 * Asks the store, and only while someone listens. Ends on abort.
 * @param from a cursor of before, for those that changed since
 */
export async function* followChanges(
  runs: Pick<Runs, 'changedSince' | 'changeCursor'>,
  signal?: AbortSignal,
  from = runs.changeCursor(),
): AsyncGenerator<readonly RunSummary[], void, undefined> {
  let cursor = from;
  for (;;) {
    await waitFor(INTERVAL_MS, signal);
    // Before the store is asked: it may be closed by now.
    if (signal?.aborted === true) return;
    const changed = runs.changedSince(cursor);
    cursor = changed.cursor;
    for (let start = 0; start < changed.runs.length; start += BATCH)
      yield changed.runs.slice(start, start + BATCH);
  }
}
