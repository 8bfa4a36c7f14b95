import { describe, expect, it } from 'vitest';
import type { RunStory } from '#shared/api/report-schemas.ts';
import { coverageRatio } from '#shared/reports/coverage.ts';
import { runTabs } from './run-tabs.ts';
import type { RunFigures } from './selectors.ts';

const none: RunFigures = {
  hasTests: false,
  testsPassed: 0,
  testsFailed: 0,
  artifacts: 0,
  hasSummary: false,
  coverages: 0,
  coveragePct: null,
  findingReports: 0,
  findings: 0,
  supplyReports: 0,
  metricReports: 0,
};
const tab = (figures: RunFigures, value: string) => runTabs(figures).find((item) => item.value === value);

describe('runTabs', () => {
  it('counts failed tests before those that passed', () => {
    const figures = { ...none, hasTests: true, testsPassed: 418, testsFailed: 2 };
    expect(tab(figures, 'tests')).toMatchObject({ count: '2 ✕  418 ✓', countTone: 'failed' });
  });

  it('counts nothing where nothing is', () => {
    expect(tab(none, 'tests')).not.toHaveProperty('count');
    expect(tab(none, 'coverage')).not.toHaveProperty('count');
    expect(tab(none, 'artifacts')).not.toHaveProperty('count');
  });

  it('says how much of the lines is covered', () => {
    expect(tab({ ...none, coverages: 1, coveragePct: 87.25 }, 'coverage')).toMatchObject({ count: '87.2%' });
  });

  it('says how coverage and findings differ from the run before', () => {
    const counts = { critical: 0, high: 1, medium: 0, low: 0, info: 0 };
    const change = <Value>(before: Value, after: Value) => ({ before, after });
    const story: RunStory = {
      broken: [],
      commits: [],
      moreCommits: false,
      changedFiles: [],
      before: null,
      tests: { before: null, after: null },
      coverage: change(coverageRatio(876, 1000), coverageRatio(872, 1000)),
      findings: change({ ...counts, high: 0 }, counts),
      artifactBytes: { before: null, after: null },
      durationMs: { before: null, after: null },
    };
    const found = { ...none, coverages: 1, coveragePct: 87.2, findingReports: 1, findings: 1 };
    const counted = runTabs(found, story).map(({ value, count }) => [value, count]);
    expect(counted).toContainEqual(['coverage', '87.2% (−0.4)']);
    expect(counted).toContainEqual(['findings', '1 (+1)']);
  });

  it('has a summary only when a stage wrote one', () => {
    expect(tab(none, 'summary')).toBeUndefined();
    expect(tab({ ...none, hasSummary: true }, 'summary')).toBeDefined();
  });
});
