import { describe, expect, it } from 'vitest';
import { runLimits } from './collect-garbage.ts';
import { readCacheLimit, readRetentionSettings } from './retention-settings.ts';

const DAY = 86_400_000;
const settings = (values: Readonly<Record<string, unknown>>) => ({ get: (key: string) => values[key] });
const DEFAULTS = {
  maxAgeMs: 90 * DAY,
  maxRuns: 200,
  maxBytes: 20e9,
  maxWorkspaceAgeMs: 7 * DAY,
  auto: true,
};

describe('the settings of retention', () => {
  it('have limits unless others are set; what is no setting counts as not set', () => {
    expect(readRetentionSettings(settings({}))).toEqual(DEFAULTS);
    const set = { maxAgeMs: null, maxBytes: 5, auto: false };
    expect(readRetentionSettings(settings({ retention: set }))).toEqual({ ...DEFAULTS, ...set });
    expect(readRetentionSettings(settings({ retention: 'nonsense' }))).toEqual(DEFAULTS);
    expect(readCacheLimit(settings({}))).toBe(5e9);
    expect(readCacheLimit(settings({ 'caches.maxBytes': 7 }))).toBe(7);
    expect(readCacheLimit(settings({ 'caches.maxBytes': -7 }))).toBe(5e9);
  });

  it('give way to what a pipeline file says, and both to what is demanded', () => {
    const files = new Map([['a', { ageMs: 5 * DAY, runs: null }]]);
    const limits = runLimits(DEFAULTS, {}, files);
    expect(limits.limitsOf('a')).toEqual({ maxAgeMs: 5 * DAY, maxRuns: 200 });
    expect(limits.limitsOf('b')).toEqual({ maxAgeMs: 90 * DAY, maxRuns: 200 });
    const demanded = runLimits(DEFAULTS, { maxAgeMs: DAY, maxBytes: null }, files);
    expect(demanded.limitsOf('a')).toEqual({ maxAgeMs: DAY, maxRuns: 200 });
    expect(demanded.maxBytes).toBeNull();
  });
});
