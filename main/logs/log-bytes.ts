export const NEWLINE = 0x0a;
export const CARRIAGE_RETURN = 0x0d;

const NEWLINE_WORD = 0x0a0a0a0a;
const LOW_BITS = 0x7f7f7f7f;
/** Below this, the preparation costs more than the words save. */
const WORDS_FROM_BYTES = 128;

/**
 * Counts the newlines in `bytes[from, to)`, four bytes at a time: with `indexOf` each short line would cost a call,
 * and a loop over bytes takes four times as long. This is most of what a line of a log costs.
 */
export function countNewlines(bytes: Uint8Array, from: number, to: number): number {
  if (to - from < WORDS_FROM_BYTES) return countInBytes(bytes, from, to);
  const start = from + (-(bytes.byteOffset + from) & 3);
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + start, (to - start) >> 2);
  let count = countInBytes(bytes, from, start);
  for (let i = 0; i < words.length;) {
    // Each byte of `sums` counts the newlines at its place; it is read out before it can overflow.
    let sums = 0;
    for (const end = Math.min(words.length, i + 255); i < end; i += 1) {
      const zeroAtNewline = words[i]! ^ NEWLINE_WORD;
      const highBitAtNewline = ~(((zeroAtNewline & LOW_BITS) + LOW_BITS) | zeroAtNewline | LOW_BITS);
      sums = (sums + (highBitAtNewline >>> 7)) | 0;
    }
    count += (sums & 255) + ((sums >>> 8) & 255) + ((sums >>> 16) & 255) + (sums >>> 24);
  }
  return count + countInBytes(bytes, start + words.length * 4, to);
}

function countInBytes(bytes: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i += 1) if (bytes[i] === NEWLINE) count += 1;
  return count;
}

/**
 * Moves `at` back to where a UTF-8 character begins, so that both halves decode to what the whole decodes to.
 * Bytes that are no valid UTF-8 are left where they are.
 */
export function characterBorder(bytes: Uint8Array, at: number): number {
  if (at >= bytes.length) return at;
  for (let back = 0; back <= 3 && back <= at; back += 1) {
    if ((bytes[at - back]! & 0xc0) !== 0x80) return at - back;
  }
  return at;
}
