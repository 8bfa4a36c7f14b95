import { ORPCError } from '@orpc/client';
import { whenOpen, type ConnectionStore } from './connection.ts';

/** Pause before a stream that the host ended too early is opened again. */
const REOPEN_PAUSE_MS = 500;

export interface StreamOptions {
  readonly connection: ConnectionStore;
  readonly signal: AbortSignal;
  /** For a stream that lives as long as the window: nobody waits for its refusal, so it is tried again too. */
  readonly outlivesRefusals?: boolean;
}

/**
 * Reads a stream of the host to its true end, opening it again after every loss of the connection. `open` is called for
 * each attempt and must ask for what was not yet seen; `take` answers `true` when the stream has said its last word.
 * Resolves at the end or when the signal is aborted (never rejects for that); rejects with what the host refused.
 */
export async function stayConnected<T>(
  { connection, signal, outlivesRefusals = false }: StreamOptions,
  open: () => Promise<AsyncIterable<T>>,
  take: (value: T) => boolean,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await whenOpen(connection, signal);
      for await (const value of await open()) {
        if (isAborted(signal) || take(value)) return;
      }
    } catch (error) {
      if (isAborted(signal)) return;
      // An answer of the host is final; anything else means that it is out of reach for now.
      if (error instanceof ORPCError && !outlivesRefusals) throw error;
    }
    await pause(REOPEN_PAUSE_MS, signal);
  }
}

/** Asked again after every wait: the compiler would take the first answer for the last. */
export const isAborted = (signal: AbortSignal): boolean => signal.aborted;

/** Waits; ends early and without an error when the signal is aborted. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}
