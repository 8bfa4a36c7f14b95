import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCommandFile } from './command-file.ts';

describe('a command file', () => {
  it('gives values in order, also of several lines', () => {
    const text = 'a=1\r\nb<<END\nfirst\nsecond=2\nEND\n\nc=x=y\nurl=http://x/?q=<<y\n';
    expect(parseCommandFile(text)).toEqual({
      values: [
        ['a', '1'],
        ['b', 'first\nsecond=2'],
        ['c', 'x=y'],
        ['url', 'http://x/?q=<<y'],
      ],
      problems: [],
    });
  });

  it('names what it cannot read and keeps the rest', () => {
    expect(parseCommandFile('nonsense\na=1\n').problems).toEqual(['Line 1 is not of the form name=value.']);
    expect(parseCommandFile('a=1\nb<<END\nx\n')).toEqual({
      values: [['a', '1']],
      problems: ['The value of "b" has no closing line "END".'],
    });
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseCommandFile(text)));
  });
});
