/** What begins in a line of block style: an item of a list, or an entry of a mapping. */
export type Opener =
  | { readonly type: 'dash'; readonly column: number }
  | {
      readonly type: 'key';
      readonly column: number;
      /** Of the word itself, behind an anchor and with its quotes. */
      readonly start: number;
      readonly end: number;
      readonly key: string;
    };

/** A line as far as it can be told without the lines around it. Columns count code units from 0. */
export interface YamlLine {
  readonly indentation: number;
  readonly openers: readonly Opener[];
  /** Where the value, or what is neither dash nor key, begins; the end of the text when there is none. */
  readonly valueStart: number;
  /** Where it ends: before a comment and the spaces in front of it. */
  readonly valueEnd: number;
  /** Where a comment begins; null without one. */
  readonly comment: number | null;
}

const SKIPPED = /(?:[&!][^\s,[\]{}]*\s+)*/y;
const QUOTED_KEY = /(?:"(?:\\.|[^"\\])*"|'(?:[^']|'')*')(?=\s*:(?:\s|$))/y;
const PLAIN_KEY = /[^\s#"'[\]{},&*!|>%@`](?:(?!:(?:\s|$)|\s#).)*(?=:(?:\s|$))/y;

/** Reads one line as block style. Of lines within texts and flow collections it says nothing that is true. */
export function readYamlLine(text: string): YamlLine {
  const indentation = /^ */.exec(text)?.[0].length ?? 0;
  const openers: Opener[] = [];
  let at = indentation;
  while (text[at] === '-' && (text[at + 1] === ' ' || text[at + 1] === undefined)) {
    openers.push({ type: 'dash', column: at });
    at = skipSpaces(text, at + 1);
  }
  const key = keyAt(text, at);
  if (key !== null) {
    openers.push(key);
    at = skipSpaces(text, text.indexOf(':', key.end) + 1);
  }
  SKIPPED.lastIndex = at;
  at += SKIPPED.exec(text)?.[0].length ?? 0;
  const comment = commentStart(text, at);
  const valueEnd = text.slice(0, comment ?? undefined).trimEnd().length;
  return {
    indentation,
    openers,
    valueStart: Math.min(at, text.length),
    valueEnd: Math.max(valueEnd, at),
    comment,
  };
}

function keyAt(text: string, start: number): Extract<Opener, { type: 'key' }> | null {
  SKIPPED.lastIndex = start;
  const column = start + (SKIPPED.exec(text)?.[0].length ?? 0);
  for (const form of [QUOTED_KEY, PLAIN_KEY]) {
    form.lastIndex = column;
    const match = form.exec(text)?.[0].trimEnd();
    if (match === undefined) continue;
    return { type: 'key', column: start, start: column, end: column + match.length, key: unquoted(match) };
  }
  return null;
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at += 1;
  return at;
}

/** Of a comment that begins at or behind `from`; a `#` in quotes or within a word is none. */
function commentStart(text: string, from: number): number | null {
  let quote: string | null = null;
  for (let at = from; at < text.length; at += 1) {
    const char = text[at]!;
    if (quote !== null) {
      if (char === '\\' && quote === '"') at += 1;
      else if (char === quote) quote = null;
    } else if (char === '#' && (at === 0 || /\s/.test(text[at - 1]!))) return at;
    else if ((char === '"' || char === "'") && /^$|[\s[{,(]/.test(text.slice(from, at).slice(-1)))
      quote = char;
  }
  return null;
}

/** A scalar without its quotes; escapes stay as they are written. */
export function unquoted(text: string): string {
  const quote = text[0];
  if (quote !== '"' && quote !== "'") return text;
  const end = text.length > 1 && text.endsWith(quote) ? -1 : undefined;
  return text.slice(1, end);
}

/** What begins a text over several lines: `|`, `>-`, `|2`, behind an anchor or a tag. */
export const isBlockHeader = (value: string): boolean => /^(?:[&!]\S*\s+)*[|>][-+\d]{0,2}$/.test(value);

/** Columns of a scalar without the quotes around it. */
export function insideQuotes(text: string, start: number, end: number): readonly [number, number] {
  const quote = text[start];
  if (end <= start || (quote !== '"' && quote !== "'")) return [start, end];
  const isClosed = end - start > 1 && text[end - 1] === quote;
  return [start + 1, isClosed ? end - 1 : end];
}
