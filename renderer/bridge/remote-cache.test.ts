import { describe, expect, it } from 'vitest';
import { RemoteCache } from './remote-cache.ts';

const KEY = ['runs', 'p1'] as const;

/** A fetcher that answers 1, 2, 3, … when it is told to. */
function countingFetcher(): { fetch: () => Promise<number>; answer: () => void; calls: () => number } {
  const waiting: ((value: number) => void)[] = [];
  let calls = 0;
  return {
    fetch: () => {
      calls += 1;
      return new Promise((resolve) => waiting.push(resolve));
    },
    answer: () => waiting.shift()?.(calls),
    calls: () => calls,
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('RemoteCache', () => {
  it('asks once for two that watch the same key', async () => {
    const cache = new RemoteCache();
    const { fetch, answer, calls } = countingFetcher();
    cache.watch(KEY, fetch, () => undefined);
    cache.watch(KEY, fetch, () => undefined);
    answer();
    await settled();
    expect(calls()).toBe(1);
    expect(cache.read(KEY)).toEqual({ status: 'ready', value: 1, isStale: false, failure: null });
  });

  it('keeps the old value in sight while an invalidated one is fetched again', async () => {
    const cache = new RemoteCache();
    const { fetch, answer } = countingFetcher();
    cache.watch(KEY, fetch, () => undefined);
    answer();
    await settled();
    cache.invalidate(['runs']);
    expect(cache.read(KEY)).toMatchObject({ status: 'ready', value: 1, isStale: true });
    answer();
    await settled();
    expect(cache.read(KEY)).toMatchObject({ value: 2, isStale: false });
  });

  it('fetches again when the value became outdated while it was on its way', async () => {
    const cache = new RemoteCache();
    const { fetch, answer, calls } = countingFetcher();
    cache.watch(KEY, fetch, () => undefined);
    cache.invalidate(['runs']);
    answer();
    await settled();
    expect(calls()).toBe(2);
    answer();
    await settled();
    expect(cache.read(KEY)).toMatchObject({ value: 2, isStale: false });
  });

  it('leaves keys with another beginning alone', async () => {
    const cache = new RemoteCache();
    const { fetch, answer, calls } = countingFetcher();
    cache.watch(KEY, fetch, () => undefined);
    answer();
    await settled();
    cache.invalidate(['projects']);
    cache.invalidate(['runs', 'p2']);
    expect(calls()).toBe(1);
  });

  it('uses the fetcher of someone who still watches', async () => {
    const cache = new RemoteCache();
    const staying = countingFetcher();
    const leaving = countingFetcher();
    cache.watch(KEY, staying.fetch, () => undefined);
    staying.answer();
    await settled();
    cache.watch(KEY, leaving.fetch, () => undefined)();
    cache.invalidate(KEY);
    expect([staying.calls(), leaving.calls()]).toEqual([2, 0]);
  });

  it('shows a failure, and an old value with the failure beside it', async () => {
    const cache = new RemoteCache();
    let fail = true;
    const fetch = (): Promise<string> =>
      fail ? Promise.reject(new Error('gone')) : Promise.resolve('there');
    cache.watch(KEY, fetch, () => undefined);
    await settled();
    expect(cache.read(KEY)).toMatchObject({ status: 'failed', failure: { message: 'gone' } });
    fail = false;
    cache.invalidate(KEY);
    await settled();
    fail = true;
    cache.invalidate(KEY);
    await settled();
    expect(cache.read(KEY)).toMatchObject({ status: 'ready', value: 'there', failure: { message: 'gone' } });
  });
});
