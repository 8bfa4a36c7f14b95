import { expect, it } from 'vitest';
import type { Clock } from '#main/engine/ports.ts';
import { dueTimes, nextDue } from '#main/triggers/schedule.ts';
import { cursorAt } from '#main/triggers/schedule-cursor.ts';
import { createFakeClock } from '#test/support/fake-clock.ts';
import { createTriggersFixture, PROJECT } from './triggers-fixture.ts';

const MONDAY = Date.parse('2026-11-02T00:00:00Z');
const DAILY = '{ schedule: { cron: "0 3 * * *", timezone: UTC } }';
const KEY = { projectId: PROJECT, file: 'pipewright.yml', type: 'schedule' } as const;

interface SettableClock extends Clock {
  /** Sets the time, as a sleep of the machine or its owner does, and steps to the next timer. */
  sleepUntil(ms: number): void;
  next(): boolean;
}

/** Timers fire after the time that passes, whatever the clock says. */
function sleepingClock(startMs: number): SettableClock {
  const fake = createFakeClock(startMs);
  let ahead = 0;
  return {
    now: () => fake.now() + ahead,
    after: (delayMs, callback) => fake.after(delayMs, callback),
    next: () => fake.next(),
    sleepUntil(ms) {
      ahead = ms - fake.now();
      fake.next();
    },
  };
}

/** Steps to the next timers until the condition holds. */
function stepUntil(clock: { next(): boolean }, isTrue: () => boolean): void {
  while (!isTrue()) if (!clock.next()) throw new Error('No timer is left.');
}

it('fires at its time and not when it is first seen', async () => {
  const clock = createFakeClock(MONDAY);
  await using fixture = createTriggersFixture(clock);
  fixture.pipeline(DAILY);
  await fixture.host().start();
  stepUntil(clock, () => fixture.started.length > 0);
  expect(new Date(clock.now()).toISOString()).toBe('2026-11-02T03:00:00.000Z');
  expect(fixture.started).toEqual([
    {
      file: 'pipewright.yml',
      trigger: { type: 'schedule', event: '0 3 * * *', reason: 'It was due at 2026-11-02T03:00:00Z.' },
      checkout: null,
    },
  ]);
});

it('makes one run of all times that were missed while nothing ran, and says how many', async () => {
  await using fixture = createTriggersFixture(createFakeClock(MONDAY));
  fixture.pipeline(DAILY);
  const first = fixture.host();
  await first.start();
  await first.stop();

  const later = createFakeClock(MONDAY + 5 * 86_400_000);
  const second = fixture.host({ clock: later });
  await second.start();
  await fixture.untilFirings(1);
  expect(fixture.started).toHaveLength(1);
  expect(fixture.started[0]?.trigger.reason).toMatch(/^5 times were missed since 2026-11-02T03:00:00Z/);
  stepUntil(later, () => later.now() > MONDAY + 5 * 86_400_000 + 3_600_000);
  expect(fixture.started).toHaveLength(1);
  expect((await second.list())[0]).toMatchObject({
    type: 'schedule',
    summary: '0 3 * * * (UTC)',
    nextAt: '2026-11-07T03:00:00.000Z',
    last: { skipped: null },
  });
});

it('makes one run of the times that the machine slept through', async () => {
  const clock = sleepingClock(MONDAY);
  await using fixture = createTriggersFixture(clock);
  fixture.pipeline('{ schedule: { cron: "*/10 * * * *", timezone: UTC } }');
  await fixture.host().start();
  clock.sleepUntil(MONDAY + 3 * 3_600_000 + 60_000);
  // One timer is the heartbeat's; both see the new time.
  clock.sleepUntil(MONDAY + 3 * 3_600_000 + 70_000);
  clock.sleepUntil(MONDAY + 3 * 3_600_000 + 80_000);
  clock.sleepUntil(MONDAY + 3 * 3_600_000 + 90_000);
  await fixture.until(1);
  expect(fixture.started).toHaveLength(1);
  expect(fixture.started[0]?.trigger.reason).toMatch(/^18 times were missed/);
});

it('never runs what was missed while it was paused', async () => {
  const clock = createFakeClock(MONDAY);
  await using fixture = createTriggersFixture(clock);
  fixture.pipeline(DAILY);
  const triggers = fixture.host();
  await triggers.start();
  triggers.pause(KEY);
  expect((await triggers.list())[0]).toMatchObject({ paused: true, nextAt: null });
  stepUntil(clock, () => clock.now() > MONDAY + 4 * 3_600_000);
  triggers.resume(KEY);
  stepUntil(clock, () => clock.now() > MONDAY + 26 * 3_600_000);
  expect(fixture.started).toEqual([]);
  stepUntil(clock, () => fixture.started.length > 0);
  expect(new Date(clock.now()).toISOString()).toBe('2026-11-03T03:00:00.000Z');
});

const TEN_MINUTES = '{ schedule: { cron: "*/10 * * * *", timezone: UTC } }';
const at = (time: string): number => Date.parse(`2026-11-02T${time}Z`);

it('does not run a time again that comes twice because the clock went back', async () => {
  const clock = sleepingClock(MONDAY);
  await using fixture = createTriggersFixture(clock);
  fixture.pipeline(DAILY);
  const first = fixture.host();
  await first.start();
  stepUntil(clock, () => fixture.started.length > 0);
  clock.sleepUntil(at('02:30:00'));
  expect((await first.list())[0]?.nextAt).toBe('2026-11-03T03:00:00.000Z');
  await first.stop();
  // What is known of the time before survives a restart.
  await fixture.host().start();
  stepUntil(clock, () => clock.now() > at('23:00:00'));
  expect(fixture.started).toHaveLength(1);
  stepUntil(clock, () => fixture.started.length > 1);
  expect(new Date(clock.now()).toISOString()).toBe('2026-11-03T03:00:00.000Z');
});

it('neither fires at once nor rests until the old time when the clock goes back by hours', async () => {
  const clock = sleepingClock(at('03:00:00'));
  await using fixture = createTriggersFixture(clock);
  fixture.pipeline(TEN_MINUTES);
  await fixture.host().start();
  stepUntil(clock, () => fixture.started.length === 2);
  expect(clock.now()).toBe(at('03:20:00'));
  clock.sleepUntil(at('01:05:00'));
  clock.sleepUntil(at('01:06:00'));
  expect(fixture.started).toHaveLength(2);
  stepUntil(clock, () => clock.now() >= at('01:35:00'));
  expect(fixture.started).toHaveLength(5);
  stepUntil(clock, () => clock.now() >= at('03:45:00'));
  expect(fixture.started).toHaveLength(18);
});

it('does not run a time twice when the clock is put right by seconds', async () => {
  const clock = sleepingClock(at('02:55:00'));
  await using fixture = createTriggersFixture(clock);
  fixture.pipeline('{ schedule: { cron: "* * * * *", timezone: UTC } }');
  await fixture.host().start();
  stepUntil(clock, () => fixture.started.length === 5);
  expect(clock.now()).toBe(at('03:00:00'));
  clock.sleepUntil(at('02:58:55'));
  stepUntil(clock, () => clock.now() >= at('03:00:30'));
  expect(fixture.started).toHaveLength(5);
  stepUntil(clock, () => clock.now() >= at('03:03:30'));
  expect(fixture.started).toHaveLength(8);
});

it('goes on after the clock was set back by a year', async () => {
  await using fixture = createTriggersFixture(createFakeClock(MONDAY));
  fixture.pipeline(DAILY);
  fixture.store.triggers.setCursor(KEY, String(MONDAY + 365 * 86_400_000));
  const clock = createFakeClock(MONDAY);
  await fixture.host({ clock }).start();
  stepUntil(clock, () => fixture.started.length > 0);
  expect(new Date(clock.now()).toISOString()).toBe('2026-11-02T03:00:00.000Z');
});

it('is fired by one of two hosts, and by the other one when that is gone', async () => {
  const clock = createFakeClock(MONDAY);
  await using fixture = createTriggersFixture(clock);
  fixture.pipeline(DAILY);
  const [first, second] = [fixture.host(), fixture.host()];
  await first.start();
  await second.start();
  stepUntil(clock, () => clock.now() > MONDAY + 4 * 3_600_000);
  await fixture.untilFirings(1);
  expect(fixture.started).toHaveLength(1);
  await first.stop();
  await second.refresh();
  stepUntil(clock, () => clock.now() > MONDAY + 28 * 3_600_000);
  expect(fixture.started).toHaveLength(2);
});

it('says what is wrong with an expression, and notes why a run could not be started', async () => {
  const clock = createFakeClock(MONDAY);
  await using fixture = createTriggersFixture(clock);
  fixture.pipeline('{ schedule: "61 * * * *" }', { file: 'a.yml' });
  fixture.pipeline(DAILY, { file: 'b.yml' });
  const triggers = fixture.host({ startRun: () => Promise.reject(new Error('The project is not trusted.')) });
  await triggers.start();
  stepUntil(clock, () => clock.now() > MONDAY + 4 * 3_600_000);
  const [firing] = await fixture.untilFirings(1);
  expect(firing).toMatchObject({ file: 'b.yml', runId: null, skipped: 'The project is not trusted.' });
  expect((await triggers.list()).find(({ file }) => file === 'a.yml')?.fault).toMatch(/minute/i);
});

it('follows a pipeline file that changes', async () => {
  const clock = createFakeClock(MONDAY);
  await using fixture = createTriggersFixture(clock);
  fixture.pipeline(DAILY);
  const triggers = fixture.host();
  await triggers.start();
  fixture.pipeline('{ schedule: { cron: "0 1 * * *", timezone: UTC } }');
  await triggers.refresh();
  stepUntil(clock, () => fixture.started.length > 0);
  expect(new Date(clock.now()).getUTCHours()).toBe(1);
});

it('keeps to the time of its zone when that changes', () => {
  const berlin = [{ cron: '30 2 * * *', timezone: 'Europe/Berlin' }];
  const at = (ms: number | null): string => new Date(ms ?? 0).toISOString();
  expect(at(nextDue(berlin, null, Date.parse('2026-07-01T00:00:00Z')))).toBe('2026-07-01T00:30:00.000Z');
  expect(at(nextDue(berlin, null, Date.parse('2026-12-01T00:00:00Z')))).toBe('2026-12-01T01:30:00.000Z');
  const autumn = dueTimes(
    berlin,
    cursorAt(Date.parse('2026-10-24T12:00:00Z')),
    Date.parse('2026-10-25T12:00:00Z'),
  );
  expect(autumn?.count).toBe(1);
});
