import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/lib/app-error.ts';
import { parseEnvFile } from './env-file.ts';

const parse = (text: string, outer = {}) => parseEnvFile(text, '.env', outer);

describe('a .env file', () => {
  it.each([
    ['A=1', '1'],
    ['export A = 1', '1'],
    ['A=', ''],
    ['A=a b # comment', 'a b'],
    ['A=a#b', 'a#b'],
    ["A='a ${B} # b'", 'a ${B} # b'],
    ['A="a\\nb\\"c"', 'a\nb"c'],
    ['A="a\nb"', 'a\nb'],
    ['B=x\nA=${B}/${C}/${D:-d}', 'x/outer/d'],
    ['\uFEFFA=1\r\n', '1'],
  ])('%j makes A %j', (text, value) => {
    expect(parse(text, { C: 'outer' })['A']).toBe(value);
  });

  it.each([
    ['A', '.env:1 is not of the form NAME=value.'],
    ['\n1A=x', '.env:2: "1A" is no name of a variable.'],
    ['A="x', '.env:1: the value of A has no closing ".'],
    ['LD_PRELOAD=/x.so', '.env:1: LD_PRELOAD cannot be set from there.'],
    ['PIPEWRIGHT_OUTPUT=/x', '.env:1: PIPEWRIGHT_OUTPUT cannot be set from there.'],
  ])('%j is refused: %s', (text, message) => {
    expect(() => parse(text)).toThrow(message);
  });

  it('is read or refused with a sentence, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('A', '=', '"', "'", '\n', '$', '{', '}', ' ', '#', '\\') }),
        (text) => {
          try {
            for (const name of Object.keys(parse(text))) expect(name).toMatch(/^A+$/);
          } catch (error) {
            expect(error).toBeInstanceOf(AppError);
          }
        },
      ),
    );
  });

  it('gives back what was quoted', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        fc.pre(!/['\r]/.test(value));
        expect(parse(`A='${value}'`)['A']).toBe(value);
      }),
    );
  });
});
