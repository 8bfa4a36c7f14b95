import { expect, it } from 'vitest';
import type { StageState } from '#shared/run/run-state.ts';
import { whyBroken } from './why-broken.ts';

type Facts = Pick<StageState, 'approval' | 'attempts' | 'issues' | 'reports' | 'status'>;
const why = (facts: Partial<Facts>): string =>
  whyBroken({
    ...{ approval: null, attempts: [], issues: [], reports: [], status: 'failed', ...facts },
  } as unknown as StageState);
const ended = (outcome: NonNullable<StageState['attempts'][number]['outcome']>) => [
  { number: 1, startedAt: '', finishedAt: '', outcome, steps: [] },
];
const exited = { type: 'failed', exitCode: 1, signal: null, message: null } as const;
const counts = {
  type: 'tests',
  total: 9,
  passed: 6,
  failed: 2,
  errored: 1,
  skipped: 0,
  durationMs: 1,
} as const;

it('says in a sentence why a stage failed, with what was counted rather than an exit code', () => {
  expect(why({ attempts: ended(exited) })).toBe('Exit code 1.');
  expect(why({ attempts: ended(exited), reports: [counts] })).toBe('3 of 9 tests failed (exit code 1).');
  expect(why({ attempts: ended({ ...exited, message: 'no report\nmore' }), reports: [counts] })).toBe(
    'No report.',
  );
  expect(why({ attempts: ended({ type: 'timed-out', timeoutMs: 60_000 }) })).toMatch(/^Timed out after/);
  expect(why({})).toBe('Failed.');
});

it('tells who rejected a stage', () => {
  const approval = { message: '', allowed: [], requestedAt: '', expiresAt: null, decidedAt: '' };
  const rejected = { ...approval, decision: 'rejected' as const };
  expect(why({ approval: { ...rejected, by: 'Ada', comment: 'Not today' } })).toBe(
    'Ada rejected it: Not today',
  );
  expect(why({ approval: { ...rejected, by: null, comment: null } })).toBe('Nobody decided in time.');
});
