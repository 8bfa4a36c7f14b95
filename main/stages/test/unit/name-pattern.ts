/** A regular expression that the full names of the tests end with, whatever stands between suites and test: ` ` or ` > `. */
export const namePattern = (tests: readonly (readonly (string | null)[])[]): string => {
  const names = tests.map((parts) =>
    parts
      .flatMap((part) => (part === null || part === '' ? [] : part.split(' > ')))
      .map(escape)
      .join(' (?:> )?'),
  );
  return `(${names.join('|')})$`;
};

const escape = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

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
