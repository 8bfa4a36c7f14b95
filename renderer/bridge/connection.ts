import { createStore, type StoreApi } from 'zustand/vanilla';

/** Whether the engine host can be asked. */
export type Connection =
  /** First contact, or a quick attempt after a loss: calls wait. */
  | { readonly status: 'connecting' }
  | { readonly status: 'open' }
  /** Calls fail at once. One sentence and the way out, for the person. */
  | {
      readonly status: 'lost';
      readonly message: string;
      readonly hint: string | null;
      /** True when a new attempt follows by itself; else the person must ask for one (`bridge.retry`). */
      readonly retrying: boolean;
    };

export type ConnectionStore = StoreApi<Connection>;

export const createConnectionStore = (): ConnectionStore =>
  createStore<Connection>(() => ({ status: 'connecting' }));

/** The call could not be made, or its answer will not come, because the host is not there. */
export class ConnectionLostError extends Error {
  override readonly name = 'ConnectionLostError';
}

/** Resolves once the connection is open; rejects with the signal's reason when aborted. Stays through losses. */
export function whenOpen(store: ConnectionStore, signal?: AbortSignal): Promise<void> {
  return waitFor(store, (connection) => connection.status === 'open', signal);
}

/** Resolves once the connection is open or lost; rejects with the signal's reason when aborted. */
export function whenSettled(store: ConnectionStore, signal?: AbortSignal): Promise<void> {
  return waitFor(store, (connection) => connection.status !== 'connecting', signal);
}

function waitFor(
  store: ConnectionStore,
  isMet: (connection: Connection) => boolean,
  signal: AbortSignal | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason as Error);
      return;
    }
    if (isMet(store.getState())) {
      resolve();
      return;
    }
    const stop = (): void => {
      unsubscribe();
      signal?.removeEventListener('abort', onAbort);
    };
    const onAbort = (): void => {
      stop();
      reject(signal?.reason as Error);
    };
    const unsubscribe = store.subscribe((connection) => {
      if (!isMet(connection)) return;
      stop();
      resolve();
    });
    signal?.addEventListener('abort', onAbort);
  });
}
