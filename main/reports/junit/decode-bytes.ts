const DECLARED = /^<\?xml[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._:-]+)["']/;
const PROLOG_BYTES = 256;

/** The encoding that the first bytes give away by a byte order mark, or by how `<` is written. */
function sniff(bytes: Uint8Array): string | null {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0x3c && b === 0) return 'utf-16le';
  if (a === 0 && b === 0x3c) return 'utf-16be';
  return null;
}

function declared(bytes: Uint8Array): string | null {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, PROLOG_BYTES));
  const label = DECLARED.exec(start)?.[1]?.toLowerCase() ?? null;
  // The declaration could be read byte by byte, so whatever it says, this is not UTF-16.
  return label?.startsWith('utf-16') || label?.startsWith('utf16') ? null : label;
}

/**
 * Decodes an XML file by its byte order mark, else by the encoding that its declaration names, else as UTF-8.
 * Bytes that are wrong in that encoding become U+FFFD.
 * @returns the text without a byte order mark, or the label of an encoding that is not known here
 */
export function decodeXmlBytes(bytes: Uint8Array): { text: string } | { unknownEncoding: string } {
  const label = sniff(bytes) ?? declared(bytes) ?? 'utf-8';
  try {
    return { text: new TextDecoder(label).decode(bytes) };
  } catch (error) {
    if (error instanceof RangeError) return { unknownEncoding: label };
    throw error;
  }
}
