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
    const found = entriesOf(node).find(({ name }) => name === step);
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
    const found = entriesOf(node).findLast(({ start, end }) => start <= offset && offset <= end);
    if (found === undefined) return place;
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

function entriesOf(node: Node | null): readonly WrittenEntry[] {
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
