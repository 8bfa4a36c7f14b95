/** Columns after which `base64` (76) and `openssl` (64) begin a new line. */
const WRAP_COLUMNS = [76, 64];
/** A last line that is shorter gives too little away to look for it everywhere. */
const MIN_WRAPPED_CHARS = 8;

/**
 * Base64 of anything that contains the text, whatever stands before and after it: one form for each of the three
 * alignments, of the characters that the text alone decides; with the standard alphabet and the one for URLs.
 * At each end up to four bits of the text stay outside of the form.
 */
export function base64Forms(text: string): string[] {
  const bytes = Buffer.from(text);
  const forms: string[] = [];
  for (const before of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const firstOwn = Math.ceil((before * 8) / 6);
    const within = encoded.slice(firstOwn, Math.floor(((before + bytes.length) * 8) / 6));
    // Where the text is the end, the last character holds bits of it alone.
    const atEnd = encoded.slice(firstOwn).replace(/=+$/, '');
    forms.push(within, atEnd);
    if (before === 0) forms.push(...wrapped(within), ...wrapped(atEnd));
  }
  return forms.flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]);
}

function wrapped(encoded: string): string[] {
  const lines: string[] = [];
  for (const columns of WRAP_COLUMNS) {
    for (let at = 0; encoded.length > columns && at < encoded.length; at += columns)
      lines.push(encoded.slice(at, at + columns));
  }
  return lines.filter((line) => line.length >= MIN_WRAPPED_CHARS);
}
