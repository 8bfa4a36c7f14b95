import type { Breather } from '../breather.ts';

/** No report comes near these; memory would grow with what exceeds them. */
export const MAX_JSON_DEPTH = 200;
const MAX_CONTAINERS = 8_000_000;
const MAX_VALUES = 40_000_000;
/** So many characters between two looks at the clock. */
const STRIDE = 1 << 20;

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;

/** Why a text is not handed to a JSON parser, and the offset; null: it may be. */
export interface JsonExcess {
  readonly message: string;
  readonly offset: number;
}

/**
 * Looks whether a JSON text is nested too deep or holds too many values, before a parser makes objects of them. Takes time in
 * proportion to the text and no memory. Whether it is JSON at all is not looked at.
 */
export async function measureJson(text: string, breather: Breather): Promise<JsonExcess | null> {
  let depth = 0;
  let containers = 0;
  let values = 0;
  let nextRest = STRIDE;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === COMMA) {
      values += 1;
      if (values > MAX_VALUES)
        return { message: `more than ${MAX_VALUES.toLocaleString('en')} values`, offset: at };
    }
    // `{` and `[`, `}` and `]` differ in one bit.
    else if ((code | 0x20) === 0x7b) {
      depth += 1;
      containers += 1;
      if (depth > MAX_JSON_DEPTH)
        return { message: `more than ${MAX_JSON_DEPTH} levels of nesting`, offset: at };
      if (containers > MAX_CONTAINERS) {
        return { message: `more than ${MAX_CONTAINERS.toLocaleString('en')} objects and lists`, offset: at };
      }
    } else if ((code | 0x20) === 0x7d) depth -= 1;
    if (at >= nextRest) {
      nextRest = at + STRIDE;
      await breather.rest();
    }
  }
  return null;
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
