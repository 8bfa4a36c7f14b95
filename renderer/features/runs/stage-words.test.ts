import { describe, expect, it } from 'vitest';
import { plan, planned, ran, runOf } from './run-fixture.ts';
import { stageOf } from './selectors.ts';
import { attemptStatus, outcomeWords, skipWords } from './stage-words.ts';

const run = runOf(plan([planned('a'), planned('b', ['a'])]), [
  ran('a', 0, 5, 'failed'),
  [
    {
      type: 'stage-finished',
      stage: 'b',
      status: 'skipped',
      outputs: {},
      reason: { type: 'upstream', stage: 'a', status: 'failed' },
      ms: 6,
    },
  ],
]);

describe('the words of a stage', () => {
  it('say why it was skipped', () => {
    expect(skipWords(stageOf(run, 'b')!)).toBe('It needs a, which failed.');
    expect(skipWords(stageOf(run, 'a')!)).toBeNull();
  });

  it('say how an attempt ended', () => {
    const attempt = stageOf(run, 'a')!.attempts[0]!;
    expect([attemptStatus(attempt), outcomeWords(attempt)]).toEqual(['failed', 'exit code 1']);
    expect(attemptStatus({ outcome: null })).toBe('running');
    expect(outcomeWords({ outcome: { type: 'succeeded' } })).toBeNull();
  });
});
