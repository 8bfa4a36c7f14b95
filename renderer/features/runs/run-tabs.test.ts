import { describe, expect, it } from 'vitest';
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

  it('has a summary only when a stage wrote one', () => {
    expect(tab(none, 'summary')).toBeUndefined();
    expect(tab({ ...none, hasSummary: true }, 'summary')).toBeDefined();
  });
});
