import { expect, it } from 'vitest';
import { unlessAborted, unlessHung } from './unless-hung.ts';

const never = new Promise<string>(() => undefined);

it('leaves work alone as soon as it is aborted, and says why', async () => {
  const abort = new AbortController();
  const waiting = unlessAborted(never, abort.signal);
  abort.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
});

it('lets work that is cancelled end by itself when it does so soon', async () => {
  const abort = new AbortController();
  const { promise, resolve } = Promise.withResolvers<string>();
  const waiting = unlessHung(promise, abort.signal);
  abort.abort();
  resolve('cleaned up');
  expect(await waiting).toBe('cleaned up');
});

it('passes on what work comes to', async () => {
  const { signal } = new AbortController();
  expect(await unlessHung(Promise.resolve('done'), signal)).toBe('done');
  await expect(unlessHung(Promise.reject(new Error('failed')), signal)).rejects.toThrow('failed');
});
