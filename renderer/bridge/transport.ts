import type { ClientContext, ClientLink } from '@orpc/client';

/** One living connection to the host. */
export interface Channel {
  readonly link: ClientLink<ClientContext>;
  /** Aborted when the connection is gone, before the pending calls of `link` fail. */
  readonly ended: AbortSignal;
  close(): void;
}

/** Why no connection could be made; one sentence and the way out. */
export class ConnectError extends Error {
  override readonly name = 'ConnectError';
  readonly hint: string | null;
  constructor(message: string, hint: string | null) {
    super(message);
    this.hint = hint;
  }
}

/** A way to the host. */
export interface Transport {
  /**
   * `automatic`: attempts follow each other with growing pauses. `on-request`: the first attempt is made by itself,
   * after a loss the next one waits for `retry` or for `onReady`.
   */
  readonly reconnect: 'automatic' | 'on-request';
  /** Opens a connection. Rejects with a `ConnectError`, or with the signal's reason when aborted. */
  connect(signal: AbortSignal): Promise<Channel>;
  /** Makes a dead host start again, where that is possible. */
  restart?(): Promise<void>;
  /** Tells when the host can be reached (again); the returned function ends it. */
  onReady?(listener: () => void): () => void;
}
