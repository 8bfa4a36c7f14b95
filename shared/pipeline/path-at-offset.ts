import { isMap, isScalar, isSeq } from 'yaml';
import type { Document, Node } from 'yaml';
import type { ValuePath } from './source-map.ts';

/** A value of a YAML text that an offset lies in, with the offsets of what the offset touches: its key, or its value. */
export interface PlaceInText {
  readonly path: ValuePath;
  readonly at: 'key' | 'value';
  readonly start: number;
  readonly end: number;
}

/** The offsets of an entry: from its key to the end of its value; null where the path leads to none that is written there. */
export function rangeOfPath(
  document: Document,
  path: ValuePath,
): { readonly start: number; readonly keyEnd: number; readonly end: number } | null {
  let node = document.contents;
  let range: { start: number; keyEnd: number; end: number } | null = null;
  for (const step of path) {
    const found = entriesOf(node).byName.get(step);
    if (found === undefined) return null;
    range = { start: found.start, keyEnd: found.keyEnd, end: found.end };
    node = found.value;
  }
  return range;
}

/** The deepest value around an offset; the root where there is none. */
export function pathAtOffset(document: Document, offset: number): PlaceInText {
  let node = document.contents;
  let place: PlaceInText = {
    path: [],
    at: 'value',
    start: node?.range?.[0] ?? 0,
    end: node?.range?.[1] ?? 0,
  };
  for (;;) {
    const found = lastBefore(entriesOf(node).list, offset);
    if (found === undefined || found.end < offset) return place;
    const path = [...place.path, found.name];
    if (offset < found.keyEnd) return { path, at: 'key', start: found.start, end: found.keyEnd };
    const range = found.value?.range;
    place = { path, at: 'value', start: range?.[0] ?? found.start, end: range?.[1] ?? found.end };
    node = found.value;
  }
}

interface WrittenEntry {
  readonly name: string | number;
  readonly value: Node | null;
  readonly start: number;
  readonly keyEnd: number;
  readonly end: number;
}

interface Entries {
  /** In the order of the text. */
  readonly list: readonly WrittenEntry[];
  /** Of a key that stands there twice, the first. */
  readonly byName: ReadonlyMap<string | number, WrittenEntry>;
}

/** Entries of mappings and lists that were asked for before: a look-up in a list of thousands costs no walk through it. */
const remembered = new WeakMap<Node, Entries>();

const NONE: Entries = { list: [], byName: new Map() };

function entriesOf(node: Node | null): Entries {
  if (node === null) return NONE;
  const known = remembered.get(node);
  if (known !== undefined) return known;
  const list = readEntries(node);
  const byName = new Map(list.toReversed().map((entry) => [entry.name, entry]));
  const entries = { list, byName };
  remembered.set(node, entries);
  return entries;
}

/** The last entry that begins at or before an offset. */
function lastBefore(list: readonly WrittenEntry[], offset: number): WrittenEntry | undefined {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]!.start <= offset) low = middle + 1;
    else high = middle;
  }
  return list[low - 1];
}

function readEntries(node: Node): readonly WrittenEntry[] {
  if (isSeq(node)) {
    return node.items.flatMap((item, index): WrittenEntry[] => {
      const value = item as Node | null;
      const range = value?.range;
      if (range == null) return [];
      return [{ name: index, value, start: range[0], keyEnd: range[0], end: range[1] }];
    });
  }
  if (!isMap(node)) return [];
  return node.items.flatMap(({ key, value }): WrittenEntry[] => {
    if (!isScalar(key) || key.range == null) return [];
    const name = typeof key.value === 'string' ? key.value : (key.source ?? '');
    const [start, keyEnd] = key.range;
    return [
      {
        name,
        value: value as Node | null,
        start,
        keyEnd,
        end: Math.max(keyEnd, (value as Node | null)?.range?.[1] ?? 0),
      },
    ];
  });
}
