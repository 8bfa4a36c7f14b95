import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeAttribute, cleanText, clipText, decodeReferences, elementText } from './xml-text.ts';

test('the five entities and character references are resolved once', () => {
  expect(decodeReferences('&lt;a&gt; &amp;lt; &quot;&apos; &#65;&#x1F600;')).toBe('<a> &lt; "\' A\u{1f600}');
});

test('unknown entities, a bare ampersand and impossible characters do no harm', () => {
  expect(decodeReferences('&foo; & &#; &#xD800; &#9999999;')).toBe('&foo; & &#; \ufffd \ufffd');
});

test('CDATA is taken as it is, comments and inner tags are left out', () => {
  expect(elementText('a &lt; <![CDATA[<b> & &lt;]]> <!-- no -->c<br/>d')).toBe('a < <b> & &lt; cd');
});

test('escaped text comes back as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
      expect(elementText(escaped)).toBe(text);
    }),
  );
});

test('colours, links and control characters are taken out, tabs and line ends stay', () => {
  expect(cleanText('\u001b[31;1mred\u001b[0m \u001b]8;;http://x\u0007link\u001b]8;;\u0007')).toBe('red link');
  expect(cleanText('a\u0000b\u0008c\td\r\ne\rf')).toBe('abc\td\ne\nf');
});

test('clipping keeps the asked end, says what is gone, and never halves a character', () => {
  expect(clipText('abcdef', 6, 'start')).toBe('abcdef');
  expect(clipText('abcdef', 2, 'start')).toBe('ab\n[4 characters left out]');
  expect(clipText('abcdef', 2, 'end')).toBe('[4 characters left out]\nef');
  expect(clipText('a\u{1f600}b', 2, 'start')).toBe('a\n[2 characters left out]');
  expect(clipText('a\u{1f600}b', 2, 'end')).toBe('[2 characters left out]\nb');
});

test('an attribute that was escaped twice, as by the reporter of Node, is read as it was meant', () => {
  expect(decodeAttribute('refuses &amp;quot;a&amp;quot; &amp; &lt;b>')).toBe('refuses "a" & <b>');
});
