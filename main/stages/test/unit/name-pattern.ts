/** A regular expression for any of the full names of tests, the end of which must fit. */
export const namePattern = (names: readonly string[]): string => `(${names.map(escape).join('|')})$`;

const escape = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** Suites and test as most runners of JavaScript join them. */
export const spaced = (...parts: readonly (string | null)[]): string =>
  parts.flatMap((part) => (part === null || part === '' ? [] : part.split(' > '))).join(' ');

/** The files of tests, each once; null when one of them is not known. */
export function filesOf(cases: readonly { readonly file: string | null }[]): readonly string[] | null {
  const files = new Set<string>();
  for (const { file } of cases) {
    if (file === null) return null;
    files.add(file);
  }
  return [...files];
}

/** A file that no tool takes for an option. */
export const asOperand = (file: string): string => (file.startsWith('-') ? `./${file}` : file);
