import { expect, test } from 'vitest';
import { cleanText, clipText, createInterner } from './clean-text.ts';

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

test('equal texts are one text, whatever else was seen', () => {
  const intern = createInterner();
  for (let index = 0; index < 20_001; index += 1) expect(intern(`a${index}`)).toBe(`a${index}`);
  expect(intern('a\u0000b')).toBe('ab');
});
