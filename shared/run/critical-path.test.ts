import { describe, expect, it } from 'vitest';
import { criticalPath } from './critical-path.ts';
import { matrix, plan, planned, ran, runOf } from '#renderer/features/runs/run-fixture.ts';

describe('criticalPath', () => {
  it('is the chain of needs that ended last, not the one with most stages', () => {
    const diamond = plan([
      planned('a'),
      planned('quick', ['a']),
      planned('slow', ['a']),
      planned('z', ['quick', 'slow']),
    ]);
    const run = runOf(diamond, [
      ran('a', 0, 10),
      ran('quick', 10, 20),
      ran('slow', 10, 90),
      ran('z', 90, 100),
    ]);
    expect(criticalPath(run, 1_000)).toEqual(['a', 'slow', 'z']);
  });

  it('ends at the stage that ended last, wherever it stands in the graph', () => {
    const run = runOf(plan([planned('a'), planned('b', ['a']), planned('alone')]), [
      ran('a', 0, 10),
      ran('b', 10, 20),
      ran('alone', 0, 50),
    ]);
    expect(criticalPath(run, 1_000)).toEqual(['alone']);
  });

  it('goes through a matrix to the leg that ended last', () => {
    const [group, ...legs] = matrix('unit', [{ n: 1 }, { n: 2 }], ['a']);
    const run = runOf(plan([planned('a'), ...legs, group!, planned('z', ['unit'])]), [
      ran('a', 0, 10),
      ran('unit[n=1]', 10, 90),
      ran('unit[n=2]', 10, 20),
      [{ type: 'stage-finished', stage: 'unit', status: 'succeeded', outputs: {}, reason: null, ms: 90 }],
      ran('z', 90, 95),
    ]);
    expect(criticalPath(run, 1_000)).toEqual(['a', 'unit[n=1]', 'unit', 'z']);
  });

  it('goes on through a stage that was skipped to what that one waited for', () => {
    const run = runOf(
      plan([
        planned('a'),
        planned('skipped', ['a']),
        planned('cleanup', ['skipped'], { condition: 'always()' }),
      ]),
      [
        ran('a', 0, 10),
        [{ type: 'stage-finished', stage: 'skipped', status: 'skipped', outputs: {}, reason: null, ms: 10 }],
        [{ type: 'condition-met', stage: 'cleanup', ms: 10 }],
        ran('cleanup', 10, 20),
      ],
    );
    expect(criticalPath(run, 1_000)).toEqual(['a', 'cleanup']);
  });

  it('counts a stage that runs as ending now', () => {
    const run = runOf(plan([planned('a'), planned('b')]), [
      ran('a', 0, 10),
      [{ type: 'attempt-started', stage: 'b', attempt: 1, ms: 5 }],
    ]);
    expect(criticalPath(run, Date.UTC(2026, 0, 1) + 30)).toEqual(['b']);
  });

  it('is empty before anything started', () => {
    expect(criticalPath(runOf(plan([planned('a')]), []), 1_000)).toEqual([]);
  });
});
