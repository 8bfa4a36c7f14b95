const escapeRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/**
 * Renames a stage where expressions read it: `needs.build.outputs.x`, `needs['build'].result`.
 * @param isBare the whole text is an expression, as that of an `if` may be
 * @param quote how a `'` of the expression is written in the text: twice inside of a YAML text in single quotes
 */
export function renameInExpressions(
  text: string,
  from: string,
  to: string,
  isBare: boolean,
  quote: "'" | "''" = "'",
): string {
  if (!text.includes(from)) return text;
  const name = escapeRegExp(from);
  const literal = `${quote}(?:[^']|${quote}${quote})*?${quote}(?!')`;
  const dotted = `(?<![\\w.-])(needs\\s*\\.\\s*)${name}(?![\\w-])`;
  const indexed = `(?<![\\w.-])(needs\\s*\\[\\s*${quote})${name}(${quote}\\s*\\])`;
  const pattern = new RegExp(`${dotted}|${indexed}|${literal}`, 'g');
  const rename = (expression: string): string =>
    expression.replace(pattern, (match, dot?: string, open?: string, close?: string) => {
      if (dot !== undefined) return dot + to;
      return open === undefined ? match : open + to + (close ?? '');
    });
  if (isBare && !text.includes('${{')) return rename(text);
  return text.replace(new RegExp(`\\$\\{\\{(?:${literal}|[^'])*?\\}\\}`, 'g'), rename);
}
