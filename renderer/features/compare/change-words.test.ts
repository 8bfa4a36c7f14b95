import { expect, it } from 'vitest';
import { countWords, deltaWords, durationWords, hasChanged } from './change-words.ts';

it('says how much more or less it is', () => {
  expect(deltaWords({ before: 1_000, after: 13_000 }, durationWords)).toBe('+12s');
  expect(deltaWords({ before: 5, after: 2 }, countWords)).toBe('−3');
});

it('says nothing where nothing changed or one of the two is missing', () => {
  expect(deltaWords({ before: 5, after: 5 }, countWords)).toBe('');
  expect(deltaWords({ before: null, after: 5 }, countWords)).toBe('');
  expect(hasChanged({ before: null, after: 5 })).toBe(true);
});
