import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baseOf, createMatcher, globToRegExp } from './glob.ts';

describe('a glob', () => {
  it.each([
    ['src/**', 'src/a/b.ts', true],
    ['src/**', 'src', false],
    ['**/*.ts', 'a.ts', true],
    ['**/*.ts', 'x/y/a.ts', true],
    ['*.ts', 'x/a.ts', false],
    ['src/?.ts', 'src/a.ts', true],
    ['release/*', 'release/1.2', true],
    ['release/*', 'release/1/2', false],
    ['v[0-9].*', 'v1.2', true],
    ['v[!0-9]*', 'v1', false],
    ['{main,trunk}', 'trunk', true],
    ['a.b', 'axb', false],
    ['./src/*.ts', 'src/a.ts', true],
    ['src/**/test/*.ts', 'src/test/a.ts', true],
    ['{open', '{open', true],
    ['(a+)$', '(a+)$', true],
    ['[z-a]*', '[z-a]*', true],
  ])('%s and %s: %s', (glob, name, matches) => {
    expect(globToRegExp(glob).test(name)).toBe(matches);
  });

  it('never fails, whatever a file says', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('ab*?[]{}!,\\^-/.()')), maxLength: 12 }),
        (glob) => {
          expect(() => globToRegExp(glob)).not.toThrow();
        },
      ),
    );
  });

  it('tells the folder that its matches lie in', () => {
    expect(['src/**', '*.ts', 'a/b/c.ts', '!x/*'].map(baseOf)).toEqual(['src', '', 'a/b/c.ts', 'x']);
  });
});

describe('a list of globs', () => {
  it('lets the last match decide', () => {
    const matches = createMatcher(['**', '!docs/**', 'docs/api.md']);
    expect(['src/a', 'docs/x.md', 'docs/api.md'].map(matches)).toEqual([true, false, true]);
  });

  it('of exclusions chooses everything else', () => {
    const matches = createMatcher(['!docs/**']);
    expect(['src/a', 'docs/x.md'].map(matches)).toEqual([true, false]);
  });

  it('that is empty chooses nothing', () => expect(createMatcher([])('a')).toBe(false));
});
