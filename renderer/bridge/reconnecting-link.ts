import type { ClientContext, ClientLink, ClientOptions } from '@orpc/client';
import {
  ConnectionLostError,
  createConnectionStore,
  whenSettled,
  type ConnectionStore,
} from './connection.ts';
import { isAborted, pause } from './stay-connected.ts';
import { ConnectError, type Channel, type Transport } from './transport.ts';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

/** Pause before the attempt with this number (0 follows a loss at once): doubles up to ten seconds. */
export const pauseBeforeAttemptMs = (attempt: number): number =>
  attempt === 0 ? 0 : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1));

/**
 * A link that outlives its connections. While one is being made calls wait, while it is lost they fail at once with a
 * `ConnectionLostError`; a call that was under way when the connection went fails the same way and is never sent twice.
 */
export class ReconnectingLink implements ClientLink<ClientContext> {
  readonly connection: ConnectionStore = createConnectionStore();
  #channel: Channel | null = null;
  readonly #end = new AbortController();
  #wake: () => void = () => undefined;
  readonly #transport: Transport;
  readonly #stopListening: () => void;

  constructor(transport: Transport) {
    this.#transport = transport;
    this.#stopListening = transport.onReady?.(() => this.#wake()) ?? (() => undefined);
    void this.#keepOpen();
  }

  async call(
    path: readonly string[],
    input: unknown,
    options: ClientOptions<ClientContext>,
  ): Promise<unknown> {
    await whenSettled(this.connection, options.signal);
    const channel = this.#channel;
    if (channel === null) throw new ConnectionLostError(lostMessage(this.connection));
    try {
      return await channel.link.call(path, input, options);
    } catch (error) {
      if (channel.ended.aborted && options.signal?.aborted !== true) {
        throw new ConnectionLostError('The connection ended before the answer came.', { cause: error });
      }
      throw error;
    }
  }

  /** Tries again now; a dead host is started again first, where that is possible. */
  async retry(): Promise<void> {
    if (this.connection.getState().status === 'open') return;
    await this.#transport.restart?.();
    this.#wake();
  }

  /** Ends the connection for good. */
  close(): void {
    this.#stopListening();
    this.#end.abort();
    this.#wake();
    this.#channel?.close();
  }

  async #keepOpen(): Promise<void> {
    const signal = this.#end.signal;
    let attempt = 0;
    for (;;) {
      // Made before the attempt, so that a wake-up during it is not missed.
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      const failure = await this.#connectOnce(() => {
        attempt = 0;
      });
      if (isAborted(signal)) return;
      if (failure === null) {
        this.connection.setState({ status: 'connecting' }, true);
        continue;
      }
      attempt += 1;
      const retrying = this.#transport.reconnect === 'automatic';
      this.connection.setState(
        { status: 'lost', message: failure.message, hint: failure.hint, retrying },
        true,
      );
      await (retrying ? Promise.race([woken, pause(pauseBeforeAttemptMs(attempt), signal)]) : woken);
      if (!retrying) this.connection.setState({ status: 'connecting' }, true);
    }
  }

  /** Connects and stays until the connection ends; answers with the reason when none could be made. */
  async #connectOnce(onOpen: () => void): Promise<ConnectError | null> {
    try {
      const channel = await this.#transport.connect(this.#end.signal);
      this.#channel = channel;
      onOpen();
      this.connection.setState({ status: 'open' }, true);
      await aborted(channel.ended);
      return null;
    } catch (error) {
      if (error instanceof ConnectError) return error;
      return new ConnectError('Pipewright cannot be reached.', error instanceof Error ? error.message : null);
    } finally {
      this.#channel = null;
    }
  }
}

function lostMessage(store: ConnectionStore): string {
  const connection = store.getState();
  return connection.status === 'lost' ? connection.message : 'The connection to Pipewright is lost.';
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
