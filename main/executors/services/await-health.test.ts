import { describe, expect, it } from 'vitest';
import type { PlannedHealth } from '#shared/pipeline/plan-place.ts';
import { createFakeClock } from '#test/support/fake-clock.ts';
import { awaitHealth, type HealthTry } from './await-health.ts';

const HEALTH: PlannedHealth = {
  command: 'true',
  intervalMs: 1_000,
  timeoutMs: 10_000,
  retries: 3,
  startPeriodMs: 0,
};
const bad: HealthTry = { isHealthy: false, said: 'no', hasEnded: false };
const good: HealthTry = { isHealthy: true, said: null, hasEnded: false };

/** Waits for a service whose tries come to `results`, the last again and again; tells when each was made. */
async function triedAt(health: PlannedHealth, results: readonly HealthTry[]) {
  const clock = createFakeClock(0);
  const times: number[] = [];
  let isOver = false;
  const attempt = (): Promise<HealthTry> => {
    times.push(clock.now());
    return Promise.resolve(results[Math.min(times.length, results.length) - 1]!);
  };
  const waiting = awaitHealth(health, clock, attempt, new AbortController().signal).finally(() => {
    isOver = true;
  });
  while (!isOver) {
    clock.next();
    await new Promise(setImmediate);
  }
  return { times, last: await waiting, timers: clock.timers };
}

describe('awaitHealth', () => {
  it('tries fast at first, so that a service that is there in no time costs none', async () => {
    expect(await triedAt(HEALTH, [bad, bad, good])).toEqual({ times: [0, 100, 300], last: good, timers: 0 });
  });

  it('gives up after so many failures, of which the fast ones do not count', async () => {
    const { times, last } = await triedAt(HEALTH, [bad]);
    expect(times).toEqual([0, 100, 300, 700, 1_500, 2_500, 3_500]);
    expect(last).toBe(bad);
  });

  it('counts no failure before the start period is over', async () => {
    const { times } = await triedAt({ ...HEALTH, startPeriodMs: 5_000 }, [bad]);
    expect(times.filter((at) => at >= 5_000)).toHaveLength(HEALTH.retries);
  });

  it('tries no more once the service has ended', async () => {
    const ended = { ...bad, hasEnded: true };
    expect((await triedAt(HEALTH, [bad, ended])).times).toEqual([0, 100]);
  });

  it('ends with the reason of its signal and leaves no timer', async () => {
    const clock = createFakeClock(0);
    const controller = new AbortController();
    const waiting = awaitHealth(HEALTH, clock, () => Promise.resolve(bad), controller.signal);
    const reason = new Error('cancelled');
    await new Promise(setImmediate);
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    expect(clock.timers).toBe(0);
  });
});
