export const NEWLINE = 0x0a;
export const CARRIAGE_RETURN = 0x0d;

/** Counts the newlines in `bytes[from, to)`. A plain loop: faster than `indexOf` where lines are short. */
export function countNewlines(bytes: Uint8Array, from: number, to: number): number {
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
  for (let back = 0; back <= 3 && at - back > 0; back += 1) {
    if ((bytes[at - back]! & 0xc0) !== 0x80) return at - back;
  }
  return at;
}
