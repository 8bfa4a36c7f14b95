import { expect, it } from 'vitest';
import { countWords, pathWords, timeWords } from './summary-words.ts';

it('counts the stages that would run', () => {
  expect(countWords({ counts: { runs: 7, skipped: 3, unknown: 2 } })).toBe(
    '7 of 12 stages would run, and perhaps 2 more',
  );
  expect(countWords({ counts: { runs: 3, skipped: 0, unknown: 0 } })).toBe('All 3 stages would run');
  expect(countWords({ counts: { runs: 1, skipped: 0, unknown: 0 } })).toBe('The stage would run');
  expect(countWords({ counts: { runs: 0, skipped: 1, unknown: 0 } })).toBe('0 of 1 stage would run');
});

it('says how long it takes, or that nobody knows yet', () => {
  const estimate = { makespanMs: 250_000, untimed: 0, maxParallel: 2, criticalPath: [] };
  expect(timeWords({ estimate })).toBe('about 4m 10s with 2 at once');
  expect(timeWords({ estimate: { ...estimate, untimed: 3 } })).toContain('3 not timed yet');
  expect(timeWords({ estimate: { ...estimate, makespanMs: null } })).toBe('no estimate before a first run');
});

it('leaves out the middle of a long path', () => {
  expect(pathWords(['a', 'b'])).toBe('a → b');
  expect(pathWords(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])).toBe('a → b → … → g → h');
});
