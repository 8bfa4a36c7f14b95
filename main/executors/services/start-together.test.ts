import { expect, it } from 'vitest';
import { startTogether } from './start-together.ts';

const until = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
const never = new AbortController().signal;

it('gives what all came to, in their order', async () => {
  const starts = [() => Promise.resolve('a'), () => Promise.resolve('b')];
  await expect(startTogether(starts, never)).resolves.toEqual(['a', 'b']);
});

it('gives up the others when one fails, and rejects with its reason when they have settled', async () => {
  const reason = new Error('no');
  let isSettled = false;
  const other = (signal: AbortSignal): Promise<never> => until(signal).finally(() => (isSettled = true));
  await expect(startTogether([other, () => Promise.reject(reason)], never)).rejects.toBe(reason);
  expect(isSettled).toBe(true);
});

it('rejects with the reason of the signal, also when nothing failed', async () => {
  const controller = new AbortController();
  const reason = new Error('cancelled');
  controller.abort(reason);
  await expect(startTogether([() => Promise.resolve('a')], controller.signal)).rejects.toBe(reason);
  await expect(startTogether([until], controller.signal)).rejects.toBe(reason);
});
