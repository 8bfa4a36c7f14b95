import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPage } from './markdown-page.ts';

describe('readPage', () => {
  it('finds links of every kind with their places, and none in code', () => {
    const text = [
      '[a](a.md) ![b](b.png)',
      '[c][ref] `[no](x.md)` <https://d.example>',
      '',
      '[ref]: c.md',
      '<img src="e.png"> <a href=\'f.md\'>f</a>',
      '',
      '    [code](y.md)',
      '',
      '| t |',
      '| - |',
      '| [g](g.md) |',
    ].join('\n');
    const { links } = readPage(text);
    expect(links.map(({ url }) => url)).toEqual([
      'a.md',
      'b.png',
      'https://d.example',
      'c.md',
      'e.png',
      'f.md',
      'g.md',
    ]);
    expect(links[1]).toEqual({ url: 'b.png', line: 1, column: 11 });
  });

  it('names headings as GitHub does', () => {
    const { anchors } = readPage('# Über *uns*: `x`\n\n## Same\n\n## Same\n\n<a id="own"></a>\n');
    expect([...anchors]).toEqual(['über-uns-x', 'same', 'same-1', 'own']);
  });

  it('reads any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('[', ']', '(', ')', '#', ' ', '\n', 'a', '<', '"', '`') }),
        (text) => {
          expect(readPage(text).links.length).toBeLessThanOrEqual(text.length);
        },
      ),
    );
  });
});
