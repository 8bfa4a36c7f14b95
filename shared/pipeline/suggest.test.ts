import { describe, expect, it } from 'vitest';
import { createSuggest, editDistance } from './suggest.ts';

describe('editDistance', () => {
  it.each([
    ['needs', 'needs', 0],
    ['nedds', 'needs', 1],
    ['biuld', 'build', 1],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
  ])('between %s and %s is %i', (left, right, expected) => {
    expect(editDistance(left, right, 5)).toBe(expected);
  });

  it('gives up above the limit', () => {
    expect(editDistance('kitten', 'sitting', 1)).toBe(2);
    expect(editDistance('a', 'abcdef', 2)).toBe(3);
  });
});

describe('suggest', () => {
  const suggest = createSuggest();

  it('finds the nearest candidate, whatever its case', () => {
    expect(suggest('TIMEOUT', ['time', 'timeout'])).toBe('timeout');
    expect(suggest('biuld', ['test', 'build', 'built'])).toBe('build');
  });

  it('suggests nothing that is far away', () => {
    expect(suggest('release', ['build', 'test'])).toBeNull();
    expect(suggest('x'.repeat(100), ['x'.repeat(99)])).toBeNull();
  });

  it('stops looking when its budget is spent', () => {
    const poor = createSuggest(2);
    expect(poor('bild', ['test', 'lint', 'build'])).toBeNull();
  });
});
