import type { Breather } from '../breather.ts';

/** No report comes near these; memory would grow with what exceeds them. */
export const MAX_JSON_DEPTH = 200;
const MAX_CONTAINERS = 8_000_000;
const MAX_VALUES = 40_000_000;
/** So many characters between two looks at the clock. */
const STRIDE = 1 << 18;
/** Lists deeper than this are never read in pieces; that of SARIF's results is the fourth container. */
const MAX_CUT_DEPTH = 5;

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_RECORD = 0x7b;
const CLOSE_RECORD = 0x7d;

/** A long list of a JSON text that is worth reading item by item. */
export interface LongList {
  /** The offset of its `[`. */
  readonly start: number;
  /** The offset of its `]`. */
  readonly end: number;
  /** The offsets of the commas between its items. */
  readonly commas: readonly number[];
}

export interface JsonMeasure {
  /** Why the text must not be handed to a parser, and the offset; null: it may be. */
  readonly excess: { readonly message: string; readonly offset: number } | null;
  /** In their order; none lies inside another. */
  readonly lists: readonly LongList[];
}

interface Open {
  readonly start: number;
  readonly isList: boolean;
  readonly commas: number[];
  /** Something inside it is a long list already. */
  hasLong: boolean;
}

/**
 * Looks whether a JSON text is nested too deep or holds too many values, before a parser makes objects of them, and where its
 * long lists are. Takes time in proportion to the text. Whether it is JSON at all is not looked at.
 * @param long a list is long from so many characters, and so many items
 */
export async function measureJson(
  text: string,
  breather: Breather,
  long: { readonly chars: number; readonly items: number },
): Promise<JsonMeasure> {
  const open: Open[] = [];
  const lists: LongList[] = [];
  let depth = 0;
  let containers = 0;
  let values = 0;
  let nextRest = STRIDE;
  const stop = (message: string, offset: number): JsonMeasure => ({ excess: { message, offset }, lists: [] });
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === COMMA) {
      values += 1;
      if (values > MAX_VALUES) return stop(`more than ${MAX_VALUES.toLocaleString('en')} values`, at);
      if (depth === open.length) open.at(-1)?.commas.push(at);
    } else if (code === OPEN_LIST || code === OPEN_RECORD) {
      depth += 1;
      containers += 1;
      if (depth > MAX_JSON_DEPTH) return stop(`more than ${MAX_JSON_DEPTH} levels of nesting`, at);
      if (containers > MAX_CONTAINERS) {
        return stop(`more than ${MAX_CONTAINERS.toLocaleString('en')} objects and lists`, at);
      }
      if (depth <= MAX_CUT_DEPTH)
        open.push({ start: at, isList: code === OPEN_LIST, commas: [], hasLong: false });
    } else if (code === CLOSE_LIST || code === CLOSE_RECORD) {
      if (depth === open.length) close(code === CLOSE_LIST, at);
      depth -= 1;
      // What closes too much is no JSON; the parser says where.
      if (depth < 0) return { excess: null, lists: [] };
    }
    if (at >= nextRest) {
      nextRest = at + STRIDE;
      await breather.rest();
    }
  }
  return { excess: null, lists: depth === 0 ? lists : [] };

  function close(isList: boolean, end: number): void {
    const closed = open.pop();
    if (closed === undefined) return;
    const parent = open.at(-1);
    const isLong = end - closed.start >= long.chars && closed.commas.length >= long.items;
    if (isLong && isList && closed.isList && !closed.hasLong) {
      lists.push({ start: closed.start, end, commas: closed.commas });
      closed.hasLong = true;
    }
    if (parent && closed.hasLong) parent.hasLong = true;
  }
}

/** The offset of the quote that ends a string; the text's end when none does. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}
