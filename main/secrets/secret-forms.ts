import { base64Forms } from './base64-forms.ts';
import { jsonForms, shellForms, urlForms } from './escape-forms.ts';

/** What is shorter would stand in every log; such values and lines are not masked. */
export const MIN_SECRET_CHARS = 4;
const MIN_FORM_BYTES = 4;
/** A longer form is looked for in pieces of this size, so that little is held back and no comparison is long. */
const MAX_FORM_BYTES = 256;

/**
 * All byte sequences that give the values away: each value and each of its lines (without the space around it), as they
 * are and as base64, URLs, JSON and shells write them. Each has 4 to 256 bytes, none twice.
 */
export function secretForms(values: readonly string[]): Uint8Array[] {
  const texts = new Set<string>();
  for (const value of values) {
    const wellFormed = value.toWellFormed();
    if (wellFormed.trim().length < MIN_SECRET_CHARS) continue;
    texts.add(wellFormed);
    for (const line of wellFormed.split(/[\r\n]+/)) {
      const bare = line.trim();
      if (bare.length >= MIN_SECRET_CHARS) texts.add(bare);
    }
  }
  const forms = new Set<string>();
  for (const text of texts) {
    for (const form of [
      text,
      ...base64Forms(text),
      ...urlForms(text),
      ...jsonForms(text),
      ...shellForms(text),
    ])
      forms.add(form);
  }
  const pieces = new Map<string, Uint8Array>();
  for (const form of forms) {
    for (const piece of piecesOf(Buffer.from(form))) pieces.set(piece.toString('latin1'), piece);
  }
  return [...pieces.values()];
}

/** Pieces that cover the form; the last one overlaps the one before rather than being short. */
function piecesOf(form: Buffer): Buffer[] {
  if (form.length < MIN_FORM_BYTES) return [];
  const pieces: Buffer[] = [];
  const lastStart = Math.max(0, form.length - MAX_FORM_BYTES);
  for (let start = 0; start < lastStart; start += MAX_FORM_BYTES)
    pieces.push(form.subarray(start, start + MAX_FORM_BYTES));
  pieces.push(form.subarray(lastStart));
  return pieces;
}
