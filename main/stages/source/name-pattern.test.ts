import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchNames, namePattern } from './name-pattern.ts';

describe('a pattern of names', () => {
  it.each([
    ['release/*', 'release/1.0', true],
    ['release/*', 'release/1/x', false],
    ['release/**', 'release/1/x', true],
    ['v1.?.0', 'v1.2.0', true],
    ['v1.2.0', 'v1x2x0', false],
    ['*', 'a/b', false],
  ])('%s and %s: %s', (pattern, name, takes) => {
    expect(namePattern(pattern)(name)).toBe(takes);
  });

  it('without signs of a glob takes itself alone', () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !/[*?]/.test(text)),
        fc.string(),
        (text, other) => {
          expect(namePattern(text)(text)).toBe(true);
          expect(namePattern(text)(other)).toBe(text === other);
        },
      ),
    );
  });

  it('leaves out what another one excludes', () => {
    const names = ['v1', 'v2', 'v2-rc'].map((name) => ({ name }));
    expect(matchNames(names, ['v*', '!*-rc']).map(({ name }) => name)).toEqual(['v1', 'v2']);
  });
});
