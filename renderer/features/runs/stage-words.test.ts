import { describe, expect, it } from 'vitest';
import { plan, planned, ran, runOf } from './run-fixture.ts';
import { stageOf } from './selectors.ts';
import {
  attemptStatus,
  cacheWords,
  decisionWords,
  legWords,
  outcomeWords,
  retryWords,
  skipWords,
} from './stage-words.ts';

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

  it('say which condition was false', () => {
    const skipped = runOf(plan([planned('c', [], { condition: 'false' })]), [
      [
        {
          type: 'stage-finished',
          stage: 'c',
          status: 'skipped',
          outputs: {},
          reason: { type: 'condition', expression: 'false' },
          ms: 1,
        },
      ],
    ]);
    expect(skipWords(stageOf(skipped, 'c')!)).toBe('Skipped because `false` is false.');
  });

  it('say what a leg, a retry, a cache and a decision are', () => {
    expect(legWords({ node: 22, os: 'linux' })).toBe('node = 22, os = linux');
    expect(
      retryWords({
        max: 2,
        backoff: 'exponential',
        delayMs: 5_000,
        maxDelayMs: 60_000,
        jitter: 0,
        on: ['failed'],
      }),
    ).toBe('up to 3 times, 5.0s apart and longer each time');
    expect(retryWords(null)).toBeNull();
    expect(cacheWords({ key: 'npm-2', matchedKey: 'npm-1', sizeBytes: 1 })).toBe('restored from npm-1');
    expect(cacheWords({ key: 'npm-2', matchedKey: null, sizeBytes: 0 })).toBe(
      'nothing was kept under it yet',
    );
    const asked = {
      message: '',
      allowed: [],
      requestedAt: '',
      expiresAt: null,
      comment: null,
      decidedAt: null,
    };
    expect(decisionWords({ ...asked, decision: null, by: null })).toBeNull();
    expect(decisionWords({ ...asked, decision: 'approved', by: 'Ada' })).toBe('Approved by Ada');
    expect(decisionWords({ ...asked, decision: 'rejected', by: null })).toBe(
      'Rejected: nobody decided in time',
    );
  });
});
