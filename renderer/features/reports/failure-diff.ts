/** A line that both texts have, or one of them alone. */
export interface DiffLine {
  readonly side: 'both' | 'expected' | 'actual';
  readonly text: string;
}

/** For each line the one that stands in its place on the other side, where as many stand for as many; else null. */
export function counterparts(lines: readonly DiffLine[]): readonly (string | null)[] {
  const others: (string | null)[] = lines.map(() => null);
  const endOf = (start: number): number => {
    const end = lines.findIndex((line, index) => index > start && line.side !== lines[start]?.side);
    return end === -1 ? lines.length : end;
  };
  for (let start = 0; start < lines.length;) {
    const middle = endOf(start);
    const next = lines[middle]?.side;
    const isChange = lines[start]!.side !== 'both' && next !== undefined && next !== 'both';
    if (!isChange) {
      start = middle;
      continue;
    }
    const end = endOf(middle);
    const count = middle - start;
    if (end - middle === count) {
      for (let index = start; index < middle; index += 1) {
        others[index] = lines[index + count]!.text;
        others[index + count] = lines[index]!.text;
      }
    }
    start = end;
  }
  return others;
}

type Reader = (lines: readonly string[]) => readonly DiffLine[] | null;

const STACK = /^\s*(?:at |❯ |>|\[?File |Error:)/;

/**
 * What a test expected and what it got, read from the words of its tool: node, jest, vitest and chai, pytest, JUnit for
 * Java, testify, Rust. Null when they do not say.
 */
export function failureDiff(words: string): readonly DiffLine[] | null {
  const lines = words.split('\n');
  for (const read of [nodeDiff, jestDiff, pytestDiff, pairs]) {
    const diff = read(lines);
    if (diff !== null && diff.some(({ side }) => side !== 'both')) return diff;
  }
  return null;
}

/** `+ actual - expected`, a blank line, and the lines of both. */
const nodeDiff: Reader = (lines) => {
  const start = lines.findIndex((line) => /^\s*\+ actual - expected\b/.test(line));
  if (start === -1) return null;
  const diff: DiffLine[] = [];
  for (const raw of skipBlank(lines.slice(start + 1))) {
    // Where the error is printed once more as an object, its own brackets follow the last line.
    const line = raw.replace(/\] \{$/, '');
    if (line === '' || STACK.test(line) || !/^[-+ ]/.test(line)) break;
    diff.push(signed(line, '+', '-'));
    if (line !== raw) break;
  }
  return diff;
};

/** `- Expected`, `+ Received`, a blank line, and the lines of both. */
const jestDiff: Reader = (lines) => {
  const start = lines.findIndex(
    (line, index) =>
      /^\s*- Expected\b/.test(line) && /^\s*\+ (?:Received|Actual)\b/.test(lines[index + 1] ?? ''),
  );
  if (start === -1) return null;
  const diff: DiffLine[] = [];
  for (const line of skipBlank(lines.slice(start + 2))) {
    if (STACK.test(line) || !/^(?:[-+ ]|$)/.test(line)) break;
    diff.push(signed(line, '+', '-'));
  }
  while (diff.at(-1)?.text.trim() === '') diff.pop();
  return diff;
};

/** Lines behind `E`; `-` is what was expected. */
const pytestDiff: Reader = (lines) => {
  const said = lines.flatMap((line) => (/^E(?: |$)/.test(line) ? [line.replace(/^E {0,7}/, '')] : []));
  const start = said.findIndex((line) => /\bassert .+ == .+/.test(line));
  const head = said[start];
  if (head === undefined) return null;
  const rest = said.slice(start + 1).map((line) => line.replace(/^ {2}/, ''));
  const first = rest.findIndex((line) => /^[-+] /.test(line));
  if (first !== -1) {
    return rest
      .slice(rest.slice(0, first).findLastIndex((line) => !line.startsWith('  ')) + 1)
      .filter((line) => !line.startsWith('?'))
      .map((line) => signed(line, '+', '-'));
  }
  const pair = /\bassert (.+) == (.+)$/.exec(head);
  return pair === null ? null : pairOf(pair[2]!, pair[1]!);
};

/** Where each stands on a line of its own, or both in one sentence. */
const PAIRS: readonly { readonly expected: RegExp; readonly actual: RegExp }[] = [
  {
    expected: /^\s*Expected(?: value| string| substring| pattern| length)?\s*:\s?(.+)$/im,
    actual: /^\s*(?:Received(?: value| string| length)?|Actual)\s*:\s?(.+)$/im,
  },
  { expected: /^\s*right: (.+)$/m, actual: /^\s*left: (.+)$/m },
];
const SENTENCES: readonly { readonly words: RegExp; readonly expected: number; readonly actual: number }[] = [
  { words: /expected:\s*<(.*?)> but was:\s*<(.*?)>/s, expected: 1, actual: 2 },
  {
    words: /^(?:\w*Error: )?expected (.+?) to (?:be|equal|deeply equal|strictly equal) (.+?)(?: \/\/.*)?$/m,
    expected: 2,
    actual: 1,
  },
];

const pairs: Reader = (lines) => {
  const words = lines.join('\n');
  for (const sentence of SENTENCES) {
    const found = sentence.words.exec(words);
    if (found !== null) return pairOf(found[sentence.expected]!, found[sentence.actual]!);
  }
  for (const pair of PAIRS) {
    const expected = pair.expected.exec(words)?.[1];
    const actual = pair.actual.exec(words)?.[1];
    if (expected !== undefined && actual !== undefined) return pairOf(tidy(expected), tidy(actual));
  }
  return null;
};

/** Node prints the last properties of an error with a comma behind them. */
const tidy = (value: string): string => value.trim().replace(/,$/, '');

const pairOf = (expected: string, actual: string): readonly DiffLine[] => [
  ...expected.split('\n').map((text): DiffLine => ({ side: 'expected', text })),
  ...actual.split('\n').map((text): DiffLine => ({ side: 'actual', text })),
];

function signed(line: string, actual: string, expected: string): DiffLine {
  if (line.startsWith(actual)) return { side: 'actual', text: line.slice(1).replace(/^ /, '') };
  if (line.startsWith(expected)) return { side: 'expected', text: line.slice(1).replace(/^ /, '') };
  return { side: 'both', text: line.replace(/^ {1,2}/, '') };
}

function skipBlank(lines: readonly string[]): readonly string[] {
  const start = lines.findIndex((line) => line.trim() !== '');
  return start === -1 ? [] : lines.slice(start);
}
