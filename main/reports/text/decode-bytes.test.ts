import { expect, test } from 'vitest';
import { decoderFor, decodeText } from './decode-bytes.ts';

function decode(bytes: Uint8Array): string {
  const decoder = decoderFor(bytes);
  return 'unknownEncoding' in decoder ? `unknown: ${decoder.unknownEncoding}` : decoder.decode(bytes);
}

const ascii = (text: string) => Buffer.from(text, 'latin1');
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();

test.each([
  ['UTF-8 without a declaration', Buffer.from('<a>é</a>')],
  ['UTF-8 with a byte order mark', Buffer.from('\ufeff<a>é</a>')],
  ['little-endian UTF-16 with a byte order mark', Buffer.from('\ufeff<a>é</a>', 'utf16le')],
  ['big-endian UTF-16 with a byte order mark', utf16be('\ufeff<a>é</a>')],
  ['UTF-16 that is only seen from its first character', Buffer.from('<a>é</a>', 'utf16le')],
  ['big-endian UTF-16 that is only seen from its first character', utf16be('<a>é</a>')],
])('reads %s', (_, bytes) => {
  expect(decode(bytes)).toBe('<a>é</a>');
});

test('reads the encoding that the declaration names', () => {
  const text = '<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>';
  expect(decode(ascii(text))).toBe(text);
});

test('does not believe a declaration that calls single bytes UTF-16', () => {
  const text = '<?xml version="1.0" encoding="utf-16"?><a/>';
  expect(decode(ascii(text))).toBe(text);
});

test('replaces bytes that are wrong in UTF-8', () => {
  expect(decode(Buffer.from([0x3c, 0xff, 0x3e]))).toBe('<\ufffd>');
});

test('names an encoding that is not known', () => {
  expect(decode(ascii('<?xml version="1.0" encoding="klingon"?><a/>'))).toBe('unknown: klingon');
});

test('reads JSON that a shell wrote in UTF-16', () => {
  expect(decodeText(Buffer.from('\ufeff{"é":1}', 'utf16le'))).toBe('{"é":1}');
  expect(decodeText(Buffer.from('{"é":1}', 'utf16le'))).toBe('{"é":1}');
});
