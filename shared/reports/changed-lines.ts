/**
 * The words of `git` whose output `parseChangedLines` reads; a commit to compare the files with follows. Paths are relative
 * to the folder that it runs in, and only what lies below it is told.
 */
export const CHANGED_LINES_ARGS = [
  '-c',
  'core.quotePath=false',
  'diff',
  '--unified=0',
  '--no-color',
  '--no-ext-diff',
  '--no-textconv',
  '--no-renames',
  '--diff-filter=AM',
  '--src-prefix=a/',
  '--dst-prefix=b/',
  '--relative',
] as const;

/** Lines that were added or changed, by path with forward slashes; 1-based and in order. */
export type ChangedLines = ReadonlyMap<string, readonly number[]>;

/**
 * The lines that a patch without context adds or changes. What is no patch is passed over; files from which lines were
 * only removed, and binary ones, are not in the answer.
 */
export function parseChangedLines(diff: string): ChangedLines {
  const changed = new Map<string, number[]>();
  let lines: number[] | null = null;
  /** Lines of a hunk that are still to come: they may look like headers. */
  let pending = 0;
  for (const line of linesOf(diff)) {
    if (pending > 0) {
      if (!line.startsWith('\\')) pending -= 1;
    } else if (line.startsWith('+++ ')) {
      const path = pathOf(line.slice(4));
      lines = path === null ? null : [];
      if (path !== null && lines) changed.set(path, lines);
    } else {
      const hunk = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
      if (!hunk) continue;
      const [removed, start, added] = [Number(hunk[1] ?? 1), Number(hunk[2]), Number(hunk[3] ?? 1)];
      // Without context, a hunk has no more lines than the patch; a number that says more is no patch.
      if (added > diff.length) continue;
      pending = removed + added;
      for (let number = start; number < start + added; number += 1) lines?.push(number);
    }
  }
  for (const [path, numbers] of changed) if (numbers.length === 0) changed.delete(path);
  return changed;
}

function* linesOf(text: string): Generator<string> {
  let start = 0;
  while (start < text.length) {
    const end = text.indexOf('\n', start);
    yield text.slice(start, end === -1 ? text.length : end);
    if (end === -1) return;
    start = end + 1;
  }
}

/** Null for a file that is gone. A name with blanks is followed by a tab. */
function pathOf(word: string): string | null {
  const name = word.startsWith('"') ? unquote(word) : word.replace(/\t.*$/, '').replace(/\r$/, '');
  return name.startsWith('b/') ? name.slice(2) : null;
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  t: '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
};

/** A name as C writes it, which Git does for control characters, quotes and backslashes. */
function unquote(word: string): string {
  return word
    .slice(1, word.lastIndexOf('"'))
    .replaceAll(/\\(?:([0-3][0-7]{2})|(.))/gs, (_: string, octal: string | undefined, letter: string = '') =>
      octal === undefined ? (ESCAPES[letter] ?? letter) : String.fromCharCode(Number.parseInt(octal, 8)),
    );
}
