import { isMap, isScalar, type Document, type Node, type Pair } from 'yaml';
import type { ValuePath } from '#shared/pipeline/source-map.ts';

/** An entry of a mapping as a text writes it. */
export interface WrittenEntry {
  /** Its lines, or the part of a line that it is, without what they are indented by. */
  readonly text: string;
  /** Where its key begins. */
  readonly offset: number;
}

/** The entries of the mapping at a path by their keys; none where there is no mapping that is written there. */
export function writtenEntries(
  document: Document,
  text: string,
  path: ValuePath,
): ReadonlyMap<string, WrittenEntry> {
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  if (!isMap<Node, Node | null>(node)) return new Map();
  return new Map(node.items.flatMap((pair) => writtenEntry(pair, text)));
}

function writtenEntry({ key, value }: Pair<Node, Node | null>, text: string): [string, WrittenEntry][] {
  if (!isScalar(key) || key.range == null) return [];
  const [start, keyEnd] = key.range;
  const end = Math.max(keyEnd, value?.range?.[1] ?? 0);
  const name = typeof key.value === 'string' ? key.value : (key.source ?? '');
  return [[name, { text: outdented(text, start, end), offset: start }]];
}

function outdented(text: string, start: number, end: number): string {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const indentation = text.slice(lineStart, start);
  const lines = text.slice(start, end).trimEnd().split('\n');
  if (indentation.trim() !== '') return lines.join('\n');
  return lines
    .map((line) => (line.startsWith(indentation) ? line.slice(indentation.length) : line))
    .join('\n');
}
