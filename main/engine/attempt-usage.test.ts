import { describe, expect, it } from 'vitest';
import type { Usage } from '#shared/run/usage.ts';
import { createUsageMeter } from './attempt-usage.ts';

const used = (cpuMs: number, memoryBytes: number): Usage => ({
  cpuMs,
  memoryBytes,
  memoryPeakBytes: memoryBytes,
  readBytes: null,
  writtenBytes: cpuMs,
});

function meterAt() {
  const clock = { ms: 0, now: () => clock.ms };
  const reports: Usage[] = [];
  return { clock, reports, meter: createUsageMeter(clock, (usage) => reports.push(usage)) };
}

describe('createUsageMeter', () => {
  it('adds up the steps of an attempt and keeps the highest peak', () => {
    const { reports, meter } = meterAt();
    const first = meter.part();
    first.report(used(400, 90));
    first.end();
    const second = meter.part();
    second.report(used(100, 30));
    meter.close();
    expect(reports).toEqual([
      { cpuMs: 500, memoryBytes: 30, memoryPeakBytes: 90, readBytes: null, writtenBytes: 500 },
    ]);
  });

  it('counts what parts hold at once as one peak', () => {
    const { reports, meter } = meterAt();
    meter.part().report(used(1, 50));
    meter.part().report(used(1, 70));
    meter.close();
    expect(reports.at(-1)).toMatchObject({ memoryBytes: 120, memoryPeakBytes: 120 });
  });

  it('says nothing of an attempt in which nothing was measured', () => {
    const { reports, meter } = meterAt();
    meter.part().end();
    meter.close();
    expect(reports).toEqual([]);
  });

  it('reports ever more rarely as the attempt gets older, and the last figures at its end', () => {
    const { clock, reports, meter } = meterAt();
    const part = meter.part();
    for (let second = 1; second <= 24 * 3_600; second += 1) {
      clock.ms = second * 1_000;
      part.report(used(second, second));
    }
    meter.close();
    expect(reports.length).toBeGreaterThan(100);
    expect(reports.length).toBeLessThan(250);
    expect(reports.at(-1)?.cpuMs).toBe(24 * 3_600);
  });

  it('drops what comes after its end', () => {
    const { reports, meter } = meterAt();
    const part = meter.part();
    meter.close();
    part.report(used(1, 1));
    meter.close();
    expect(reports).toEqual([]);
  });
});
