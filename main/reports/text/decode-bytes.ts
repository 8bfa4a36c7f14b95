const DECLARED = /^<\?xml[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._:-]+)["']/;
const PROLOG_BYTES = 256;

/** The encoding that the first bytes give away by a byte order mark, or by how the first sign of XML or JSON is written. */
function sniff(bytes: Uint8Array): string | null {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if ((a === 0x3c || a === 0x7b) && b === 0) return 'utf-16le';
  if (a === 0 && (b === 0x3c || b === 0x7b)) return 'utf-16be';
  return null;
}

function declared(bytes: Uint8Array): string | null {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, PROLOG_BYTES));
  const label = DECLARED.exec(start)?.[1]?.toLowerCase() ?? null;
  // The declaration could be read byte by byte, so whatever it says, this is not UTF-16.
  return label?.startsWith('utf-16') || label?.startsWith('utf16') ? null : label;
}

/**
 * A decoder for a report: by its byte order mark, else by the encoding that an XML declaration names, else UTF-8. Bytes
 * that are wrong in that encoding become U+FFFD; the byte order mark is left out.
 * @returns the decoder, or the label of an encoding that is not known here
 */
export function decoderFor(
  bytes: Uint8Array,
): InstanceType<typeof TextDecoder> | { readonly unknownEncoding: string } {
  const label = sniff(bytes) ?? declared(bytes) ?? 'utf-8';
  try {
    return new TextDecoder(label);
  } catch (error) {
    if (error instanceof RangeError) return { unknownEncoding: label };
    throw error;
  }
}

/** Decodes a report that is no XML, such as JSON: tools whose output a shell wrote to a file left it in UTF-16. */
export const decodeText = (bytes: Uint8Array): string =>
  new TextDecoder(sniff(bytes) ?? 'utf-8').decode(bytes);

const START_BYTES = 1_024;

/** Whether the first sign of a report is that of XML. */
export const looksLikeXml = (bytes: Uint8Array): boolean =>
  decodeText(bytes.subarray(0, START_BYTES)).trimStart().startsWith('<');
