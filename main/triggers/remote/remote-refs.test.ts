import fc from 'fast-check';
import { expect, it } from 'vitest';
import { movedRefs, parseRefs, type RemoteRefs, withoutMoves } from './remote-refs.ts';

const id = (digit: string): string => digit.repeat(40);

it('reads branches and tags, and for an annotated tag its commit', () => {
  const listing = [
    `${id('a')}\trefs/heads/main`,
    `${id('b')}\trefs/heads/feature/x`,
    `${id('c')}\trefs/tags/v1`,
    `${id('d')}\trefs/tags/v1^{}`,
    `${id('e')}\trefs/pull/7/head`,
    `--upload-pack=x\trefs/heads/odd`,
    'warning: something',
    '',
  ];
  const refs = {
    'refs/heads/main': id('a'),
    'refs/heads/feature/x': id('b'),
    'refs/tags/v1': id('d'),
  };
  expect(parseRefs(listing.join('\n'))).toEqual(refs);
  expect(parseRefs(listing.join('\r\n'))).toEqual(refs);
});

it('tells what is new and what has moved, but not what is gone or not chosen', () => {
  const before = { 'refs/heads/main': id('a'), 'refs/heads/old': id('a'), 'refs/heads/topic': id('a') };
  const now = {
    'refs/heads/main': id('b'),
    'refs/heads/topic': id('c'),
    'refs/heads/release/1': id('d'),
    'refs/tags/v1': id('e'),
  };
  expect(movedRefs(before, now, { branches: ['main', 'release/*'] })).toEqual([
    { ref: 'refs/heads/main', commit: id('b'), before: id('a') },
    { ref: 'refs/heads/release/1', commit: id('d'), before: null },
  ]);
  expect(movedRefs(before, now, { tags: ['v*'] }).map(({ ref }) => ref)).toEqual(['refs/tags/v1']);
});

const refsArbitrary = fc.dictionary(
  fc.constantFrom('refs/heads/a', 'refs/heads/b', 'refs/heads/c/d', 'refs/tags/v1'),
  fc.constantFrom(id('1'), id('2'), id('3')),
) as fc.Arbitrary<RemoteRefs>;

it('finds each move again until it is dealt with, and nothing after that', () => {
  fc.assert(
    fc.property(refsArbitrary, refsArbitrary, (before, now) => {
      const moved = movedRefs(before, now, {});
      const left = withoutMoves(now, moved);
      expect(movedRefs(left, now, {})).toEqual(moved);
      const done = { ...left, ...Object.fromEntries(moved.map(({ ref, commit }) => [ref, commit])) };
      expect(done).toEqual(now);
    }),
  );
});

it('reads anything without a fault', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      for (const [ref, commit] of Object.entries(parseRefs(text))) {
        expect(ref).toMatch(/^refs\/(heads|tags)\//);
        expect(commit).toMatch(/^[0-9a-f]{40,64}$/);
      }
    }),
  );
});
