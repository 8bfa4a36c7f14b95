import { describe, expect, it } from 'vitest';
import type { RunSummary } from '#shared/api/schemas.ts';
import { projectIdOf, runIdOf } from '#shared/lib/ids.ts';
import { durationTicks, medianDuration, trendRuns } from './trend.ts';

const run = (second: number, status: RunSummary['status'], durationMs: number | null): RunSummary => {
  const at = new Date(second * 1_000).toISOString();
  return {
    id: runIdOf(`run${second}`),
    number: second,
    name: 'Shop',
    projectId: projectIdOf('shop00000'),
    projectDir: '/shop',
    pipelineFile: 'pipewright.yml',
    status,
    trigger: 'manual',
    git: null,
    createdAt: at,
    startedAt: at,
    finishedAt: durationMs === null ? null : at,
    durationMs,
    stageCount: 1,
    finishedStageCount: 1,
    failedStageCount: 0,
    tests: null,
    pinned: false,
  };
};

describe('trendRuns', () => {
  it('goes from the oldest to the newest and leaves out what has not ended', () => {
    const runs = [run(3, 'running', null), run(2, 'failed', 20), run(1, 'succeeded', 10)];
    expect(trendRuns(runs).map(({ number }) => number)).toEqual([1, 2]);
  });
});

describe('medianDuration', () => {
  it('is the middle of the succeeded runs', () => {
    const runs = [
      run(1, 'succeeded', 10),
      run(2, 'succeeded', 30),
      run(3, 'failed', 1),
      run(4, 'succeeded', 20),
    ];
    expect(medianDuration(runs)).toBe(20);
  });

  it('is between the two middle ones of an even number, and of failures when nothing succeeded', () => {
    expect(medianDuration([run(1, 'failed', 10), run(2, 'failed', 20)])).toBe(15);
    expect(medianDuration([])).toBeNull();
  });
});

describe('durationTicks', () => {
  it('stands at round durations', () => {
    expect(durationTicks(95_000)).toEqual([0, 60_000]);
    expect(durationTicks(1_400)).toEqual([0, 500, 1_000]);
    expect(durationTicks(80).length).toBeLessThanOrEqual(4);
  });
});
