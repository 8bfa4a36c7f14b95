import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { yamlTokens } from './yaml-tokens.ts';

const kinds = (line: string) =>
  yamlTokens(line)
    .filter(({ text }) => text.trim() !== '')
    .map(({ kind, text }) => `${kind} ${text}`);

describe('yamlTokens', () => {
  it('loses and adds nothing', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(
            'a',
            'b',
            '1',
            ' ',
            '#',
            ':',
            '-',
            '"',
            "'",
            '{',
            '}',
            '[',
            ',',
            '$',
            '|',
            '.',
          ),
        }),
        (line) => {
          expect(
            yamlTokens(line)
              .map(({ text }) => text)
              .join(''),
          ).toBe(line);
        },
      ),
    );
  });

  it('knows keys, texts, numbers and comments', () => {
    expect(kinds('  timeout: 5m # enough')).toEqual([
      'key timeout',
      'mark :',
      'value 5m',
      'comment # enough',
    ]);
    expect(kinds("name: 'It''s'")).toEqual(['key name', 'mark :', "string 'It''s'"]);
    expect(kinds('needs: [a, b-1]')).toContain('key needs');
  });

  it('shows expressions inside of text', () => {
    expect(kinds('run: echo v${{ inputs.version }}')).toContain('expression ${{ inputs.version }}');
  });

  it('takes a # within a word for text', () => {
    expect(kinds('run: echo a#b')).not.toContain('comment #b');
  });
});
