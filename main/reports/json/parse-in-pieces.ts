import { randomUUID } from 'node:crypto';
import type { Breather } from '../breather.ts';
import type { LongList } from './measure-json.ts';

/** A text that is no JSON, and the offset where it stops to be. */
export class JsonFault extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/**
 * `JSON.parse`, but the items of long lists one by one, with rests between them.
 * @throws JsonFault when it is no JSON
 */
export async function parseInPieces(
  text: string,
  lists: readonly LongList[],
  breather: Breather,
): Promise<unknown> {
  if (lists.length === 0) return parsePart(text, 0, text.length);
  // What stands for a list in the rest of the text; nobody who writes a report can know it.
  const mark = randomUUID();
  const parts: string[] = [];
  const offsets: { readonly inRest: number; readonly inText: number }[] = [];
  let from = 0;
  let length = 0;
  for (const [index, list] of lists.entries()) {
    offsets.push({ inRest: length, inText: from });
    const part = `${text.slice(from, list.start)}"${mark}${index}"`;
    parts.push(part);
    length += part.length;
    from = list.end + 1;
  }
  offsets.push({ inRest: length, inText: from });
  parts.push(text.slice(from));
  const shortened = parts.join('');
  let rest: unknown;
  try {
    rest = JSON.parse(shortened);
  } catch (error) {
    const fault = faultOf(error, shortened);
    const place = offsets.findLast(({ inRest }) => inRest <= fault.offset) ?? { inRest: 0, inText: 0 };
    throw new JsonFault(fault.message, Math.min(place.inText + fault.offset - place.inRest, text.length));
  }
  const items: unknown[][] = [];
  for (const list of lists) items.push(await parseItems(text, list, breather));
  return fill(rest, (value) =>
    typeof value === 'string' && value.startsWith(mark) ? items[Number(value.slice(mark.length))] : undefined,
  );
}

async function parseItems(
  text: string,
  { start, end, commas }: LongList,
  breather: Breather,
): Promise<unknown[]> {
  const items: unknown[] = [];
  let from = start + 1;
  for (const to of [...commas, end]) {
    items.push(parsePart(text, from, to));
    from = to + 1;
    await breather.rest();
  }
  return items;
}

function parsePart(text: string, from: number, to: number): unknown {
  const part = text.slice(from, to);
  try {
    return JSON.parse(part);
  } catch (error) {
    const { message, offset } = faultOf(error, part);
    throw new JsonFault(message, from + offset);
  }
}

/** Where V8 says no place, the text ended too early, or is so short that it is quoted whole with the sign that is wrong. */
function faultOf(error: unknown, text: string): JsonFault {
  if (!(error instanceof SyntaxError)) throw error;
  const position = /at position (\d+)/.exec(error.message)?.[1];
  if (position !== undefined) return new JsonFault(error.message, Number(position));
  const token = /^Unexpected token '(.)'/su.exec(error.message)?.[1];
  return new JsonFault(error.message, token === undefined ? text.length : Math.max(0, text.indexOf(token)));
}

/** Puts the lists where their marks are, which is near the top. */
function fill(value: unknown, listOf: (value: unknown) => unknown[] | undefined): unknown {
  const list = listOf(value);
  if (list !== undefined) return list;
  if (typeof value !== 'object' || value === null) return value;
  for (const [key, inner] of Object.entries(value)) {
    const filled = fill(inner, listOf);
    if (filled === inner) continue;
    if (Array.isArray(value)) value[Number(key)] = filled;
    // As JSON.parse does: a key `__proto__` is a key like any other.
    else
      Object.defineProperty(value, key, {
        value: filled,
        writable: true,
        enumerable: true,
        configurable: true,
      });
  }
  return value;
}
