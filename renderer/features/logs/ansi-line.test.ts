import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAnsiLine, plainText, PLAIN } from './ansi-line.ts';

const ESC = '\x1b';

describe('parseAnsiLine', () => {
  it('leaves a line without sequences alone', () => {
    expect(parseAnsiLine('npm test')).toEqual([{ text: 'npm test', start: 0, style: PLAIN }]);
    expect(parseAnsiLine('')).toEqual([]);
  });

  it('takes the sixteen colours from the theme', () => {
    const [red, plain, bright] = parseAnsiLine(`${ESC}[31mno${ESC}[0m so ${ESC}[1;92myes`);
    expect(red).toMatchObject({ text: 'no', start: 5, style: { colour: 'var(--ansi-red)' } });
    expect(plain).toMatchObject({ text: ' so ', style: PLAIN });
    expect(bright).toMatchObject({ text: 'yes', style: { colour: 'var(--ansi-bright-green)', bold: true } });
  });

  it('knows 256 colours and true colour, as text and as ground', () => {
    expect(parseAnsiLine(`${ESC}[38;5;196mx`)[0]?.style.colour).toBe('rgb(255, 0, 0)');
    expect(parseAnsiLine(`${ESC}[48;5;244mx`)[0]?.style.ground).toBe('rgb(128, 128, 128)');
    expect(parseAnsiLine(`${ESC}[38;2;1;2;3mx`)[0]?.style.colour).toMatch(/^rgb\(1, ?2, ?3\)$/);
  });

  it('changes places of text and ground for reverse video', () => {
    expect(parseAnsiLine(`${ESC}[7mx`)[0]?.style).toMatchObject({
      colour: 'var(--surface-page)',
      ground: 'var(--text)',
    });
  });

  it('shows of a progress bar what was written last', () => {
    expect(plainText('10%\r50%\r100% done')).toBe('100% done');
    expect(plainText('100% done\r')).toBe('100% done');
    expect(plainText(`10%\r${ESC}[2K`)).toBe('10%');
  });

  it('leaves out cursor movements, titles and the address of a link', () => {
    expect(plainText(`${ESC}[2K${ESC}[1Gready`)).toBe('ready');
    expect(plainText(`${ESC}]0;title\x07go`)).toBe('go');
    expect(plainText(`${ESC}]8;;https://example.test${ESC}\\here${ESC}]8;;${ESC}\\.`)).toBe('here.');
  });

  it('gives segments that stand in the line where they say, whatever comes', () => {
    const piece = fc.constantFrom(
      ESC,
      '[',
      ']',
      '31',
      ';',
      'm',
      'K',
      '\r',
      '\t',
      'ab',
      '€',
      '\x07',
      '\\',
      '\0',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const raw = pieces.join('');
        for (const { text, start } of parseAnsiLine(raw)) {
          expect(raw.slice(start, start + text.length)).toBe(text);
          expect(text).not.toContain(ESC);
        }
      }),
    );
  });
});
