import { describe, expect, it } from 'vitest';
import type { RunStory } from '#shared/api/report-schemas.ts';
import { runIdOf } from '#shared/lib/ids.ts';
import { coverageRatio } from '#shared/reports/coverage.ts';
import { sinceWords, storyFigures } from './story-figures.ts';

const none = { before: null, after: null };
const point = (number: number) => ({
  runId: runIdOf(`r${number}`),
  number,
  at: '2026-01-01T00:00:00Z',
  commit: null,
  branch: null,
});
const story: RunStory = {
  broken: [],
  commits: [],
  moreCommits: false,
  changedFiles: [],
  before: point(1),
  tests: none,
  coverage: none,
  findings: none,
  artifactBytes: none,
  durationMs: none,
};
const tests = (total: number, failed: number) => ({
  total,
  passed: total - failed,
  failed,
  errored: 0,
  skipped: 0,
  durationMs: 0,
});
const shown = (more: Partial<RunStory>) =>
  storyFigures({ ...story, ...more }).map(({ label, value, delta, isBetter }) => [
    label,
    value,
    delta,
    isBetter,
  ]);

describe('storyFigures', () => {
  it('leaves out what no run reported', () => {
    expect(shown({})).toEqual([]);
  });

  it('says how each differs, and which way is good', () => {
    expect(
      shown({
        tests: { before: tests(418, 0), after: tests(420, 2) },
        coverage: { before: coverageRatio(876, 1000), after: coverageRatio(872, 1000) },
        artifactBytes: { before: 1_000_000, after: 1_000_000 },
        durationMs: { before: 60_000, after: 90_000 },
      }),
    ).toEqual([
      ['Tests', '420', '+2', null],
      ['Failed tests', '2', '+2', false],
      ['Coverage', '87.2%', '−0.4', false],
      ['Artifacts', '1.0 MB', null, null],
      ['Duration', '1m 30s', '+30s', false],
    ]);
  });

  it('takes small differences of durations for what they are', () => {
    expect(shown({ durationMs: { before: 60_000, after: 62_000 } })).toEqual([
      ['Duration', '1m 2s', null, null],
    ]);
  });

  it('has no figure for what this run did not report', () => {
    expect(shown({ tests: { before: tests(4, 1), after: null } })).toEqual([]);
    expect(shown({ artifactBytes: { before: null, after: 10 } })).toEqual([
      ['Artifacts', '10 B', null, null],
    ]);
  });
});

describe('sinceWords', () => {
  it('says since when a stage fails, or when it was good', () => {
    const of = (since: number | null, lastGood: number | null) =>
      sinceWords(
        {
          ...story,
          broken: [
            {
              stage: 'unit',
              reason: 'x',
              since: since === null ? null : point(since),
              lastGood: lastGood === null ? null : point(lastGood),
            },
          ],
        },
        'unit',
      );
    expect([of(3, 2), of(null, 2), of(null, null)]).toEqual(['failing since #3', 'it was good in #2', null]);
    expect(sinceWords(story, 'unit')).toBeNull();
  });
});
