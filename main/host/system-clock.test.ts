import { expect, it } from 'vitest';
import { systemClock } from './system-clock.ts';

it('waits for more than a timer can hold, which would fire at once', async () => {
  let isCalled = false;
  const cancel = systemClock.after(2 ** 31 + 1, () => {
    isCalled = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 5));
  cancel();
  expect(isCalled).toBe(false);
});
