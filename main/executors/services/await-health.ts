import type { Clock } from '#main/engine/ports.ts';
import type { PlannedHealth } from '#shared/pipeline/plan-place.ts';

/** What a try of a health check came to. */
export interface HealthTry {
  readonly isHealthy: boolean;
  /** The last line that it printed; null when it printed nothing. */
  readonly said: string | null;
  /** The service has ended, so that no further try makes sense. */
  readonly hasEnded: boolean;
}

const FIRST_PAUSE_MS = 100;

/**
 * Tries until a service is healthy, has ended, or failed `retries` times in a row after its start period.
 * The first tries follow each other faster than the interval, and count as one: most services are there in no time.
 * @param attempt one try, with its time limit; does not reject because of what it finds
 * @returns the last try. Rejects with the signal's reason when it aborts.
 */
export async function awaitHealth(
  health: PlannedHealth,
  clock: Clock,
  attempt: () => Promise<HealthTry>,
  signal: AbortSignal,
): Promise<HealthTry> {
  const startedAt = clock.now();
  let pauseMs = FIRST_PAUSE_MS;
  let failures = 0;
  for (;;) {
    signal.throwIfAborted();
    const result = await attempt();
    signal.throwIfAborted();
    if (result.isHealthy || result.hasEnded) return result;
    const isQuick = pauseMs < health.intervalMs;
    if (!isQuick && clock.now() - startedAt >= health.startPeriodMs) failures += 1;
    if (failures >= health.retries) return result;
    await pause(clock, Math.min(pauseMs, health.intervalMs), signal);
    pauseMs *= 2;
  }
}

/** Rejects with the signal's reason when it aborts. */
export function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      stop();
      reject(signal.reason as Error);
    };
    const stop = clock.after(ms, () => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}
