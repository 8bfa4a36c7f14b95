import { describe, expect, it } from 'vitest';
import { createConnectionStore, type Connection } from './connection.ts';
import { refreshOnReconnect } from './refresh-on-reconnect.ts';
import { RemoteCache } from './remote-cache.ts';

const LOST: Connection = { status: 'lost', message: 'The engine ended.', hint: null, retrying: false };
const OPEN: Connection = { status: 'open' };
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function fetchesDuring(...states: readonly Connection[]): Promise<number> {
  const connection = createConnectionStore();
  const cache = new RemoteCache();
  const stop = refreshOnReconnect(connection, cache);
  let calls = 0;
  const unwatch = cache.watch(
    ['projects'],
    () => {
      calls += 1;
      return Promise.resolve(calls);
    },
    () => undefined,
  );
  for (const state of states) {
    connection.setState(state, true);
    await settled();
  }
  unwatch();
  stop();
  return calls;
}

describe('refreshOnReconnect', () => {
  it('leaves what was asked before the first connection alone', async () => {
    expect(await fetchesDuring(OPEN)).toBe(1);
  });

  it('fetches again after each time that the host was away', async () => {
    expect(
      await fetchesDuring(OPEN, { status: 'connecting' }, OPEN, LOST, { status: 'connecting' }, OPEN),
    ).toBe(3);
  });

  it('fetches again when the host could not be reached at first', async () => {
    expect(await fetchesDuring(LOST, { status: 'connecting' }, OPEN)).toBe(2);
  });
});
