/** One `${{ … }}` of a text; offsets count UTF-16 code units. */
export interface FoundExpression {
  /** What stands between the braces, spaces included. */
  readonly expression: string;
  /** Of `${{`. */
  readonly start: number;
  /** After `}}`; the end of the text when the expression is not closed. */
  readonly end: number;
  readonly closed: boolean;
}

/** The expression of a text that is nothing else, spaces around it aside; null for every other text. */
export function wholeExpression(text: string): string | null {
  const trimmed = text.trim();
  if (!trimmed.startsWith('${{')) return null;
  const [first] = findExpressions(trimmed);
  return first?.closed === true && first.end === trimmed.length ? first.expression.trim() : null;
}

/** Finds every `${{ … }}` of a text, in order. Braces inside of quoted strings do not close an expression. */
export function findExpressions(text: string): readonly FoundExpression[] {
  const found: FoundExpression[] = [];
  let start = text.indexOf('${{');
  while (start >= 0) {
    let inString = false;
    let end = start + 3;
    while (end < text.length && (inString || !text.startsWith('}}', end))) {
      if (text[end] === "'") inString = !inString;
      end += 1;
    }
    const closed = end < text.length;
    found.push({ expression: text.slice(start + 3, end), start, end: closed ? end + 2 : end, closed });
    start = closed ? text.indexOf('${{', end + 2) : -1;
  }
  return found;
}
