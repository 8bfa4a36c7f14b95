const escapeRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** A name that expressions read, such as that of a stage in `needs`. */
export interface ExpressionName {
  /** The context that it is in: `needs`, `inputs`. */
  readonly context: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Renames what expressions read: `needs.build.outputs.x`, `needs['build'].result`.
 * @param isBare the whole text is an expression, as that of an `if` may be
 * @param quote how a `'` of the expression is written in the text: twice inside of a YAML text in single quotes
 */
export function renameInExpressions(
  text: string,
  { context, from, to }: ExpressionName,
  isBare: boolean,
  quote: "'" | "''" = "'",
): string {
  if (!text.includes(from)) return text;
  const name = escapeRegExp(from);
  const literal = `${quote}(?:[^']|${quote}${quote})*?${quote}(?!')`;
  const dotted = `(?<![\\w.-])(${context}\\s*\\.\\s*)${name}(?![\\w-])`;
  const indexed = `(?<![\\w.-])(${context}\\s*\\[\\s*${quote})${name}(${quote}\\s*\\])`;
  const pattern = new RegExp(`${dotted}|${indexed}|${literal}`, 'g');
  const rename = (expression: string): string =>
    expression.replace(pattern, (match, dot?: string, open?: string, close?: string) => {
      if (dot !== undefined) return dot + to;
      return open === undefined ? match : open + to + (close ?? '');
    });
  if (isBare && !text.includes('${{')) return rename(text);
  return text.replace(new RegExp(`\\$\\{\\{(?:${literal}|[^'])*?\\}\\}`, 'g'), rename);
}
