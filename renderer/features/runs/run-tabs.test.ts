import { describe, expect, it } from 'vitest';
import { runTabs } from './run-tabs.ts';

const none = { hasTests: false, testsPassed: 0, testsFailed: 0, artifacts: 0, hasSummary: false };
const tab = (figures: typeof none, value: string) => runTabs(figures).find((item) => item.value === value);

describe('runTabs', () => {
  it('counts failed tests before those that passed', () => {
    const figures = { ...none, hasTests: true, testsPassed: 418, testsFailed: 2 };
    expect(tab(figures, 'tests')).toMatchObject({ count: '2 ✕  418 ✓', countTone: 'failed' });
  });

  it('counts nothing where nothing is', () => {
    expect(tab(none, 'tests')).not.toHaveProperty('count');
    expect(tab(none, 'artifacts')).not.toHaveProperty('count');
  });

  it('has a summary only when a stage wrote one', () => {
    expect(tab(none, 'summary')).toBeUndefined();
    expect(tab({ ...none, hasSummary: true }, 'summary')).toBeDefined();
  });
});
