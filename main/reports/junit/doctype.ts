function skipMisc(text: string): number {
  const misc = /\s+|<\?[^]*?\?>|<!--[^]*?-->/y;
  let end = 0;
  while (misc.test(text)) end = misc.lastIndex;
  return end;
}

/**
 * Finds a DOCTYPE that declares something of its own (`<!DOCTYPE x [ … ]>`), the stuff that entity bombs are made of.
 * One that only names a type or an external file is harmless, for nothing is ever fetched.
 * @returns the offset of the DOCTYPE, or null when there is none of that sort before the root element
 */
export function findInternalSubset(text: string): number | null {
  const start = skipMisc(text);
  if (!text.startsWith('<!DOCTYPE', start)) return null;
  let quote: string | null = null;
  for (let at = start; at < text.length; at += 1) {
    const char = text[at]!;
    if (quote !== null) quote = char === quote ? null : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '[') return start;
    else if (char === '>') return null;
  }
  return null;
}
