import { expect, it } from 'vitest';
import { forEachLimited } from './for-each-limited.ts';

it('does all items with no more than the limit open at once', async () => {
  const done: number[] = [];
  let open = 0;
  let most = 0;
  await forEachLimited(
    Array.from({ length: 20 }, (_, index) => index),
    3,
    async (item) => {
      open += 1;
      most = Math.max(most, open);
      await Promise.resolve();
      open -= 1;
      done.push(item);
    },
  );
  expect(done.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index));
  expect(most).toBe(3);
});

it('starts nothing after a failure and rejects once what was open has settled', async () => {
  const settled: number[] = [];
  const all = forEachLimited([1, 2, 3, 4, 5], 2, async (item) => {
    await Promise.resolve();
    if (item === 1) throw new Error('one');
    await Promise.resolve();
    settled.push(item);
  });
  await expect(all).rejects.toThrow('one');
  expect(settled).toEqual([2]);
});
