import type { CancelledBy, Outcome } from '#shared/run/outcome.ts';

type AbortReason = Extract<Outcome, { type: 'cancelled' | 'timed-out' }>;

/** One abort signal with the reason that came first; after an abort the reason decides the outcome, not the error. */
export class AttemptSignal {
  readonly #controller = new AbortController();
  #reason: AbortReason | null = null;
  #cleanup: AttemptSignal | null = null;

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Null while nothing asked for the end. */
  get reason(): AbortReason | null {
    return this.#reason;
  }

  /** What the work came to: the reason for its end where there is one, else what it says itself. */
  outcomeOr(outcome: Outcome): Outcome {
    return this.#reason ?? outcome;
  }

  /** Of what cleans up after this one has ended; a person who cancels again ends that, too. */
  get cleanup(): AttemptSignal {
    this.#cleanup ??= new AttemptSignal();
    return this.#cleanup;
  }

  cancel(by: CancelledBy): void {
    if (this.#reason !== null && (by === 'user' || by === 'signal')) this.#cleanup?.cancel(by);
    this.#end({ type: 'cancelled', by });
  }

  timeOut(timeoutMs: number, isIdle = false): void {
    this.#end({ type: 'timed-out', timeoutMs, ...(isIdle && { isIdle }) });
  }

  /** A signal that also ends with this one, with this one's reason. */
  child(): AttemptSignal {
    const child = new AttemptSignal();
    const follow = (): void => {
      if (this.#reason !== null) child.#end(this.#reason);
    };
    if (this.signal.aborted) follow();
    else this.signal.addEventListener('abort', follow, { once: true, signal: child.signal });
    return child;
  }

  #end(reason: AbortReason): void {
    if (this.#reason !== null) return;
    this.#reason = reason;
    this.#controller.abort();
  }
}
