import { toAppError } from '#shared/lib/app-error.ts';
import type { RunId } from '#shared/lib/ids.ts';
import type { Clock, EventStore } from './ports.ts';

const DELAY_MS = 250;

/** Records which process groups a run has, for whoever has to clean up after this host. */
export interface ProcessLedger {
  started(runId: RunId, pid: number): void;
  gone(runId: RunId, pid: number): void;
}

/**
 * A ledger that writes down only what outlives a quarter of a second: most processes are gone by then, and two
 * transactions each would be the largest part of what an empty stage costs. The executor's own watchdog covers the gap.
 */
export function createProcessLedger(
  events: Pick<EventStore, 'addProcess' | 'removeProcess'>,
  clock: Clock,
): ProcessLedger {
  const unwritten = new Map<number, { readonly runId: RunId; readonly at: number }>();
  let cancelTimer: (() => void) | null = null;

  function write(): void {
    cancelTimer = null;
    unlessRefused(() => {
      for (const [pid, { runId, at }] of unwritten) events.addProcess(runId, pid, at);
    });
    unwritten.clear();
  }

  return {
    started(runId, pid) {
      unwritten.set(pid, { runId, at: clock.now() });
      cancelTimer ??= clock.after(DELAY_MS, write);
    },
    gone(runId, pid) {
      if (!unwritten.delete(pid)) unlessRefused(() => events.removeProcess(runId, pid));
      if (unwritten.size > 0) return;
      cancelTimer?.();
      cancelTimer = null;
    },
  };
}

/**
 * A store that takes nothing ends the run with the next event; until then the watchdog knows the processes. A row that
 * stays is of no harm, since the start time of a process is compared, too.
 */
function unlessRefused(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (toAppError(error).kind === 'bug') throw error;
  }
}
