import { expect, it } from 'vitest';
import { createFakeClock } from '#test/support/fake-clock.ts';
import { createIdleTimer } from './idle-timer.ts';

it('ends what writes nothing for that long, and nothing that writes', () => {
  const clock = createFakeClock();
  const ended: number[] = [];
  const timer = createIdleTimer(clock, 100, () => ended.push(clock.now()));
  const startedAt = clock.now();
  clock.after(90, () => timer.touch());
  clock.after(170, () => timer.touch());
  for (let at = 0; at < 10 && ended.length === 0; at += 1) clock.next();
  expect(ended).toEqual([startedAt + 270]);
});

it('expects nothing while somebody looks at the attempt', async () => {
  const clock = createFakeClock();
  const ended: number[] = [];
  const timer = createIdleTimer(clock, 100, () => ended.push(1));
  await timer.outside(() => {
    clock.after(5_000, () => undefined);
    clock.next();
    return Promise.resolve();
  })();
  expect(ended).toEqual([]);
  timer.stop();
});
