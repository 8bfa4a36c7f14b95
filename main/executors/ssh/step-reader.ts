/** What the remote runner says between the bytes of a step. */
export type RunnerWord =
  | { readonly type: 'start' }
  | { readonly type: 'gone' }
  | { readonly type: 'done' }
  /** What the step uses, see `lookScript` and `endedScript`. */
  | { readonly type: 'usage'; readonly figures: readonly number[] }
  | { readonly type: 'times'; readonly times: readonly string[] }
  | { readonly type: 'end'; readonly rest: readonly number[] };

/** Splits one stream of the remote runner into bytes of the step and words of the runner. */
export interface StepReader {
  /** Bytes of the step in this chunk, and words in between; nothing before the first word counts. */
  push(chunk: Buffer): readonly (Buffer | RunnerWord)[];
}

const SEPARATOR = 0x1e;

/** @param mark the runner's own, in front of each of its words */
export function createStepReader(mark: string): StepReader {
  const lead = Buffer.from(`\u001e${mark} `);
  let held: Buffer = Buffer.alloc(0);
  let hasBegun = false;

  function wordAt(begin: number): { readonly word: RunnerWord; readonly next: number } | null {
    const newline = held.indexOf(0x0a, begin);
    if (newline < 0) return null;
    const [type = '', ...rest] = held
      .subarray(begin + lead.length, newline)
      .toString()
      .split(/\s+/);
    return { word: wordOf(type, rest), next: newline + 1 };
  }

  return {
    push(chunk) {
      const found: (Buffer | RunnerWord)[] = [];
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      for (;;) {
        const begin = held.indexOf(lead);
        const isWhole = begin >= 0;
        const until = isWhole ? begin : possibleBegin(held, lead);
        if (until > 0) {
          if (hasBegun) found.push(held.subarray(0, until));
          held = held.subarray(until);
        }
        const at = isWhole ? wordAt(0) : null;
        if (at === null) return found;
        hasBegun = true;
        found.push(at.word);
        held = held.subarray(at.next);
      }
    },
  };
}

function wordOf(type: string, rest: readonly string[]): RunnerWord {
  switch (type) {
    case 'end':
      return { type, rest: rest.map(Number) };
    case 'usage':
      return { type, figures: rest.map(Number) };
    case 'times':
      return { type, times: rest };
    case 'gone':
    case 'done':
      return { type };
    default:
      return { type: 'start' };
  }
}

/** Where a word may begin that has not come whole; the length of `bytes` when nowhere. */
function possibleBegin(bytes: Buffer, lead: Buffer): number {
  let begin = bytes.indexOf(SEPARATOR, Math.max(0, bytes.length - lead.length));
  while (begin >= 0) {
    const tail = bytes.subarray(begin);
    if (lead.subarray(0, tail.length).equals(tail)) return begin;
    begin = bytes.indexOf(SEPARATOR, begin + 1);
  }
  return bytes.length;
}
