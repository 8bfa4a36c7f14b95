import { describe, expect, it } from 'vitest';
import { type LooseEvent, plan, planned, ran, runOf } from './run-fixture.ts';
import { brokenStages, whatBroke } from './what-broke.ts';

const tests = (stage: string, failed: number): readonly LooseEvent[] => [
  {
    type: 'report-stored',
    stage,
    attempt: 1,
    report: { type: 'tests', total: 9, passed: 9 - failed, failed, errored: 0, skipped: 0, durationMs: 1 },
    ms: 15,
  },
];

describe('whatBroke', () => {
  it('names the failure that came first, how many tests failed and the exit code', () => {
    const run = runOf(plan([planned('lint'), planned('unit')]), [
      ran('lint', 0, 40, 'failed'),
      ran('unit', 10, 20, 'failed'),
      tests('unit', 2),
    ]);
    expect(whatBroke(run)).toEqual({
      stage: 'unit',
      name: 'unit',
      attempt: 1,
      reason: '2 tests failed, exit code 1',
      others: 1,
    });
  });

  it('says nothing of a failure that is allowed', () => {
    const run = runOf(plan([planned('lint', [], { continueOnError: true })]), [ran('lint', 0, 5, 'failed')]);
    expect(whatBroke(run)).toBeNull();
  });

  it('says nothing while nothing failed', () => {
    expect(whatBroke(runOf(plan([planned('a')]), [ran('a', 0, 5)]))).toBeNull();
  });
});

describe('brokenStages', () => {
  it('lists every failure that decides, the first one first', () => {
    const run = runOf(plan([planned('lint'), planned('unit'), planned('docs')]), [
      ran('lint', 0, 40, 'failed'),
      ran('unit', 10, 20, 'failed'),
      ran('docs', 0, 5),
    ]);
    expect(brokenStages(run).map(({ stage, status, reason }) => [stage, status, reason])).toEqual([
      ['unit', 'failed', 'exit code 1'],
      ['lint', 'failed', 'exit code 1'],
    ]);
  });
});
