import type { PlannedRetry } from '#shared/pipeline/plan.ts';
import type { Outcome } from '#shared/run/outcome.ts';

/** Whether an attempt that ended so is followed by another. @param attempt the one that ended, 1-based */
export function shouldRetry(retry: PlannedRetry | null, outcome: Outcome, attempt: number): boolean {
  if (retry === null || attempt > retry.max) return false;
  return retry.on.some((type) => type === outcome.type);
}

/**
 * How long to wait before the next attempt.
 * @param attempt the one that ended, 1-based
 * @param random in [0, 1)
 */
export function retryDelayMs(retry: PlannedRetry, attempt: number, random: number): number {
  const factors = { constant: 1, linear: attempt, exponential: 2 ** (attempt - 1) } as const;
  const delayMs = Math.min(retry.delayMs * factors[retry.backoff], retry.maxDelayMs);
  return Math.round(delayMs * (1 - retry.jitter * random));
}
