import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Progress } from '#shared/run/progress.ts';
import { createFakeClock } from '#test/support/fake-clock.ts';
import { createProgressMeter } from './attempt-progress.ts';

function meterAt(maxReports?: number) {
  const clock = createFakeClock(0);
  const reports: (Progress & { readonly atMs: number })[] = [];
  const meter = createProgressMeter(clock, (one) => reports.push({ ...one, atMs: clock.now() }), maxReports);
  /** Goes on to a moment, past all that was to happen until then. */
  const until = (ms: number): void => {
    let isThere = false;
    clock.after(ms - clock.now(), () => (isThere = true));
    while (!isThere) clock.next();
  };
  return { clock, reports, meter, until };
}

describe('createProgressMeter', () => {
  it('reports the first at once, then the newest a fifth of a second later, and nothing twice', () => {
    const { reports, meter, until } = meterAt();
    meter.tell(0, 10, 'a');
    meter.tell(1, 10, 'b');
    meter.tell(2, 10, 'c');
    until(1_000);
    meter.tell(2, 10, 'c');
    until(2_000);
    meter.close();
    expect(reports).toEqual([
      { done: 0, total: 10, label: 'a', atMs: 0 },
      { done: 2, total: 10, label: 'c', atMs: 200 },
    ]);
  });

  it('always reports the last, and drops what comes after the end', () => {
    const { clock, reports, meter } = meterAt();
    meter.tell(1, 3, null);
    meter.tell(3, 3, null);
    meter.close();
    meter.tell(2, 3, null);
    meter.close();
    expect(reports.map(({ done }) => done)).toEqual([1, 3]);
    expect(clock.timers).toBe(0);
  });

  it('drops figures that mean nothing', () => {
    const { reports, meter } = meterAt();
    meter.tell(-1, 3, null);
    meter.tell(0, 0, null);
    meter.close();
    expect(reports).toEqual([]);
  });

  it('counts the steps, and what a step tells as a part of it', () => {
    const { reports, meter, until } = meterAt();
    meter.beginStep(1, 2, 'build');
    until(1_000);
    meter.tell(1, 4, null);
    meter.tell(4, 4, null);
    meter.endStep();
    until(2_000);
    meter.beginStep(2, 2, 'pack');
    meter.close();
    expect(
      reports.map(({ done, total, label, step }) => ({ done, total, label, step: step?.number })),
    ).toEqual([
      { done: 0, total: 2, label: 'build', step: undefined },
      { done: 1, total: 4, label: null, step: 1 },
      { done: 4, total: 4, label: null, step: 1 },
      { done: 1, total: 2, label: 'pack', step: undefined },
    ]);
  });

  it('reports ever more rarely as the attempt gets older, and not without end', () => {
    const { reports, meter, until } = meterAt();
    for (let second = 1; second <= 3_600; second += 1) {
      until(second * 1_000);
      meter.tell(second, 3_600, null);
    }
    meter.close();
    expect(reports.length).toBeGreaterThan(100);
    expect(reports.length).toBeLessThan(600);
    expect(reports.at(-1)?.done).toBe(3_600);
  });

  it('keeps the order, the space between reports and the limit, whatever is told when', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(5), fc.nat(400)), { maxLength: 60 }), (told) => {
        const { clock, reports, meter, until } = meterAt(10);
        const all: number[] = [];
        for (const [more, waitMs] of told) {
          all.push((all.at(-1) ?? 0) + more);
          meter.tell(all.at(-1)!, null, null);
          until(clock.now() + waitMs);
        }
        meter.close();
        const done = reports.map((report) => report.done);
        expect(done).toEqual([...done].sort((a, b) => a - b));
        expect(new Set(done).size).toBe(done.length);
        expect(done.at(-1)).toBe(all.at(-1));
        expect(reports.length).toBeLessThanOrEqual(11);
        const times = reports.slice(0, -1).map(({ atMs }) => atMs);
        expect(times.every((atMs, index) => index === 0 || atMs - times[index - 1]! >= 200)).toBe(true);
      }),
    );
  });
});
