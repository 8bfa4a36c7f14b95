import type { ValuePath } from '#shared/pipeline/source-map.ts';
import { unquoted } from './yaml-line.ts';

/** Where an offset stands within `[…]` or `{…}`. */
export interface FlowPlace {
  /** Below the value that the text is: of the mapping of a key, or of the value itself. */
  readonly path: ValuePath;
  readonly at: 'key' | 'value' | 'comment';
  /** The word that the offset touches, quotes included. */
  readonly start: number;
  readonly end: number;
  readonly hasColon: boolean;
  /** The scalars of the mappings around, by key, from the outermost; an empty one for a list. */
  readonly entries: readonly ReadonlyMap<string, string>[];
}

interface Frame {
  readonly isMap: boolean;
  readonly entries: Map<string, string>;
  index: number;
  key: string | null;
}

/** What stands behind the offset is read so far, for the keys that come later. */
const LOOK_AHEAD = 4_000;
const WORD = /"(?:\\.|[^"\\])*"?|'(?:[^']|'')*'?|(?:(?!:(?:[\s,[\]{}]|$)|\s#)[^,[\]{}\n])+/y;

/**
 * Finds an offset in a text that begins with a flow collection, which may be unfinished.
 * @returns null when the offset is not within the collection
 */
export function flowPlaceAt(text: string, offset: number): FlowPlace | null {
  if (offset === 0) return null;
  const open: Frame[] = [];
  let place = null as FlowPlace | null;
  let depth = 0;
  const capture = (start: number, end: number, hasColon = false, at?: 'comment'): void => {
    const top = open.at(-1);
    if (place !== null || top === undefined) return;
    const isKey = top.isMap && top.key === null;
    const around = open.slice(0, -1).map(stepOf);
    depth = open.length;
    place = {
      path: isKey ? around : [...around, stepOf(top)],
      at: at ?? (isKey ? 'key' : 'value'),
      start,
      end,
      hasColon,
      entries: open.map(({ entries }) => entries),
    };
  };
  const limit = Math.min(text.length, offset + LOOK_AHEAD);
  let at = 0;
  while (at < limit) {
    const char = text[at]!;
    if (at >= offset && !isWordStart(char)) capture(offset, offset);
    if (place !== null && open.length < depth) return place;
    const top = open.at(-1);
    if (char === '{' || char === '[') {
      open.push({ isMap: char === '{', entries: new Map(), index: 0, key: null });
      at += 1;
    } else if (char === '}' || char === ']') {
      open.pop();
      at += 1;
      if (open.length === 0) return place;
    } else if (char === ',') {
      if (top !== undefined) {
        top.index += 1;
        top.key = null;
      }
      at += 1;
    } else if (char === '#' && /\s/.test(text[at - 1] ?? ' ')) {
      const end = (text.indexOf('\n', at) + 1 || text.length + 1) - 1;
      if (offset > at && offset <= end) capture(offset, offset, false, 'comment');
      at = end;
    } else if (isWordStart(char)) {
      WORD.lastIndex = at;
      const word = WORD.exec(text)?.[0].trimEnd() ?? char;
      const end = at + word.length;
      const hasColon = /^\s*:/.test(text.slice(end, end + 80));
      if (offset >= at && offset <= end) capture(at, end, hasColon);
      if (top?.isMap === true) {
        if (top.key === null) top.key = unquoted(word);
        else top.entries.set(top.key, unquoted(word));
        if (!top.entries.has(top.key)) top.entries.set(top.key, '');
      }
      at = end;
    } else at += 1;
  }
  capture(offset, offset);
  return place;
}

const isWordStart = (char: string): boolean => !/[\s,[\]{}:]/.test(char);

const stepOf = ({ isMap, key, index }: Frame): string | number => (isMap ? (key ?? '') : index);
