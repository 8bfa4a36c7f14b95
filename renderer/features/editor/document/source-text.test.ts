import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toFileText, toSourceText } from './source-text.ts';

const texts = fc
  .array(fc.constantFrom('a', '\n', '\r\n', '\r', '\uFEFF', 'b: 1', ' '), { maxLength: 30 })
  .map((parts) => parts.join(''));

describe('toSourceText', () => {
  it('gives back every file byte by byte', () => {
    fc.assert(
      fc.property(texts, (file) => {
        const { text, form } = toSourceText(file);
        expect(toFileText(text, form)).toBe(file);
      }),
    );
  });

  it('takes carriage returns and the byte order mark out of a file that uses them throughout', () => {
    const { text, form } = toSourceText('\uFEFFname: a\r\nstages: {}\r\n');
    expect(text).toBe('name: a\nstages: {}\n');
    expect(form).toEqual({ hasByteOrderMark: true, lineEnds: 'crlf' });
  });

  it('leaves the ends of lines alone where they differ', () => {
    const mixed = 'name: a\r\nstages: {}\n';
    expect(toSourceText(mixed)).toEqual({
      text: mixed,
      form: { hasByteOrderMark: false, lineEnds: 'mixed' },
    });
  });

  it('gives a new line of a CRLF file the same end', () => {
    const { form } = toSourceText('a\r\nb\r\n');
    expect(toFileText('a\nnew\nb\n', form)).toBe('a\r\nnew\r\nb\r\n');
  });
});
