import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shellTokens } from './shell-tokens.ts';

const pieces = (line: string): readonly string[] =>
  shellTokens(line).map(({ kind, start, end }) => `${kind} ${line.slice(start, end)}`);

describe('shellTokens', () => {
  it.each([
    ['if [ -f a ]; then', ['keyword if', 'keyword then']],
    ['npm run set-version', []],
    ['export NODE_ENV=test', ['keyword export']],
    ['echo $HOME ${DIR:-x} $? $1', ['variable $HOME', 'variable ${DIR:-x}', 'variable $?', 'variable $1']],
    ["echo '$HOME is not read'", ["string '$HOME is not read'"]],
    ['echo "in $DIR, \\" too"', ['string "in $DIR, \\" too"', 'variable $DIR']],
    ['make # if all else fails', ['comment # if all else fails']],
    ['curl http://host/#anchor', []],
    ['echo "not closed', ['string "not closed']],
  ])('tells what is what in %j', (line, expected) => {
    expect(pieces(line)).toEqual(expected);
  });

  it('leaves expressions alone, closed or not', () => {
    expect(pieces("echo ${{ inputs.set || 'if' }} $X")).toEqual(['variable $X']);
    expect(pieces('echo ${{ needs.if')).toEqual([]);
    expect(pieces('echo "${{ inputs.a }} $B"')).toEqual(['string "${{ inputs.a }} $B"', 'variable $B']);
  });

  it('gives pieces that lie within any line, each one behind the beginning of the one before', () => {
    const char = fc.constantFrom('a', 'if', ' ', '$', '"', "'", '#', '{', '}', '\\', '=', ';');
    fc.assert(
      fc.property(fc.string({ unit: char, maxLength: 40 }), (line) => {
        let last = 0;
        for (const { start, end } of shellTokens(line)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(line.length);
          last = start;
        }
      }),
    );
  });
});
