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
  const access = `(?<![\\w.-])needs\\s*(?:\\.\\s*${name}(?![\\w-])|\\[\\s*${quote}${name}${quote}\\s*\\])`;
  const pattern = new RegExp(`${access}|${literal}`, 'g');
  const rename = (expression: string): string =>
    expression.replace(pattern, (match) => (match.startsWith('needs') ? `needs.${to}` : match));
  if (isBare && !text.includes('${{')) return rename(text);
  return text.replace(/\$\{\{[\s\S]*?\}\}/g, rename);
}
