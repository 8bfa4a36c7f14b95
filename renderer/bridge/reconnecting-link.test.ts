import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConnectionLostError } from './connection.ts';
import { pauseBeforeAttemptMs, ReconnectingLink } from './reconnecting-link.ts';
import { ConnectError, type Channel, type Transport } from './transport.ts';

interface FakeChannel extends Channel {
  /** Ends the connection as a crash of the host would. */
  drop(): void;
}

/** Answers every call with `value`; with `undefined` the answer never comes before the connection ends. */
function fakeChannel(value: unknown): FakeChannel {
  const ended = new AbortController();
  const drop = (): void => ended.abort();
  return {
    ended: ended.signal,
    close: drop,
    drop,
    link: {
      call: () =>
        value === undefined
          ? new Promise((_resolve, reject) => {
              ended.signal.addEventListener('abort', () => reject(new Error('queue closed')));
            })
          : Promise.resolve(value),
    },
  };
}

/** Plays connections in turn; an error is a refused attempt. */
function fakeTransport(
  reconnect: Transport['reconnect'],
  plays: (FakeChannel | ConnectError)[],
): Transport & { attempts: number } {
  return {
    reconnect,
    attempts: 0,
    connect(signal) {
      this.attempts += 1;
      const next = plays.shift();
      if (next === undefined) {
        return new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason as Error)),
        );
      }
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
    },
  };
}

const refused = (): ConnectError => new ConnectError('Nobody answers.', 'Start it.');
const call = (link: ReconnectingLink): Promise<unknown> => link.call(['system', 'info'], {}, { context: {} });

describe('ReconnectingLink', () => {
  let link: ReconnectingLink | undefined;
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    link?.close();
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('lets calls wait for the first connection', async () => {
    link = new ReconnectingLink(fakeTransport('automatic', [fakeChannel('answer')]));
    await expect(call(link)).resolves.toBe('answer');
    expect(link.connection.getState().status).toBe('open');
  });

  it('fails a call under way with a lost connection and answers the next over a new one', async () => {
    const first = fakeChannel(undefined);
    link = new ReconnectingLink(fakeTransport('automatic', [first, fakeChannel('second')]));
    const pending = call(link);
    await vi.waitFor(() => expect(link?.connection.getState().status).toBe('open'));
    const failure = expect(pending).rejects.toBeInstanceOf(ConnectionLostError);
    first.drop();
    await failure;
    await expect(call(link)).resolves.toBe('second');
  });

  it('tries again by itself with growing pauses until the host is back', async () => {
    const transport = fakeTransport('automatic', [refused(), refused(), fakeChannel('back')]);
    link = new ReconnectingLink(transport);
    await vi.advanceTimersByTimeAsync(0);
    expect(link.connection.getState()).toEqual({
      status: 'lost',
      message: 'Nobody answers.',
      hint: 'Start it.',
      retrying: true,
    });
    await expect(call(link)).rejects.toThrow('Nobody answers.');
    await vi.advanceTimersByTimeAsync(pauseBeforeAttemptMs(1));
    expect(transport.attempts).toBe(2);
    await vi.advanceTimersByTimeAsync(pauseBeforeAttemptMs(2));
    await expect(call(link)).resolves.toBe('back');
  });

  it('waits for a request after a refusal where the transport does not reconnect by itself', async () => {
    const transport = fakeTransport('on-request', [refused(), fakeChannel('restarted')]);
    link = new ReconnectingLink(transport);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(transport.attempts).toBe(1);
    await link.retry();
    await expect(call(link)).resolves.toBe('restarted');
  });

  it('doubles its pauses up to ten seconds', () => {
    expect([0, 1, 2, 3, 9].map(pauseBeforeAttemptMs)).toEqual([0, 500, 1_000, 2_000, 10_000]);
  });
});
