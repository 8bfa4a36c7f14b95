export interface Doctype {
  /** Where it stands. */
  readonly start: number;
  /** The offset behind it; null when it has no end. */
  readonly end: number | null;
  /** True for `<!DOCTYPE x [ … ]>`: it declares something of its own, the stuff that entity bombs are made of. */
  readonly hasSubset: boolean;
}

function skipMisc(text: string): number {
  const misc = /\s+|<\?[^]*?\?>|<!--[^]*?-->/y;
  let end = 0;
  while (misc.test(text)) end = misc.lastIndex;
  return end;
}

/** Reads the DOCTYPE at `start`, or at least up to where its subset begins. */
export function readDoctype(text: string, start: number): Doctype {
  let quote: string | null = null;
  for (let at = start; at < text.length; at += 1) {
    const char = text[at]!;
    if (quote !== null) quote = char === quote ? null : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '[') return { start, end: null, hasSubset: true };
    else if (char === '>') return { start, end: at + 1, hasSubset: false };
  }
  return { start, end: null, hasSubset: false };
}

/** The DOCTYPE before the root element; null when there is none. */
export function findDoctype(text: string): Doctype | null {
  const start = skipMisc(text);
  return text.startsWith('<!DOCTYPE', start) ? readDoctype(text, start) : null;
}

/** Line and column of an offset; 1-based. */
export function placeIn(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1 };
}
