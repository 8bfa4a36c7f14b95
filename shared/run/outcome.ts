/** Who or what asked for a cancellation. */
export type CancelledBy = 'user' | 'signal' | 'run-timeout' | 'fail-fast' | 'superseded';

/** What crosses processes of an `AppError`: no stack, no secret. */
export interface ErrorInfo {
  readonly code: string;
  readonly message: string;
}

/**
 * How an attempt or a step ended. A failed step is a value, not an exception.
 * `failed`: the work judged and said no. `infra-error`: it could not be tried.
 */
export type Outcome =
  | { readonly type: 'succeeded' }
  | {
      readonly type: 'failed';
      readonly exitCode: number | null;
      readonly signal: string | null;
      readonly message: string | null;
    }
  /** `isIdle`: it had written nothing for that long. */
  | { readonly type: 'timed-out'; readonly timeoutMs: number; readonly isIdle?: true }
  | { readonly type: 'cancelled'; readonly by: CancelledBy }
  | { readonly type: 'infra-error'; readonly error: ErrorInfo };

export const SUCCEEDED: Outcome = { type: 'succeeded' };

/** Why a stage did not run. */
export type SkipReason =
  | { readonly type: 'upstream'; readonly stage: string; readonly status: string }
  /** `if` said no; `values` are those that it looked at, secrets left out. */
  | { readonly type: 'condition'; readonly expression: string }
  /** A matrix without a leg that ran. */
  | { readonly type: 'no-legs' }
  | { readonly type: 'not-selected' }
  | { readonly type: 'run-cancelled' };

/** The exit code of a process outcome, where there was a process that exited by itself. */
export function exitCodeOf(outcome: Outcome): number | null {
  if (outcome.type === 'succeeded') return 0;
  return outcome.type === 'failed' ? outcome.exitCode : null;
}

/** One line for people: `exit code 2`, `timed out after 10s`. */
export function describeOutcome(outcome: Outcome, formatMs: (ms: number) => string): string {
  switch (outcome.type) {
    case 'succeeded':
      return 'succeeded';
    case 'failed':
      if (outcome.message !== null) return outcome.message;
      return outcome.signal === null
        ? `exit code ${outcome.exitCode ?? 'unknown'}`
        : `ended by ${outcome.signal}`;
    case 'timed-out':
      return outcome.isIdle === true
        ? `wrote nothing for ${formatMs(outcome.timeoutMs)}`
        : `timed out after ${formatMs(outcome.timeoutMs)}`;
    case 'cancelled':
      return outcome.by === 'user' ? 'cancelled' : `cancelled by ${outcome.by}`;
    case 'infra-error':
      return outcome.error.message;
  }
}
