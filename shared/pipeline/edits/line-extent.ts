import type { CST } from 'yaml';
import type { Extent } from './token-extent.ts';
import { itemEnd, itemStart } from './token-extent.ts';
import { type Collection, itemTokens, type YamlSource } from './yaml-source.ts';

/** The lines of an entry of a block mapping or a block list, with the comments that go where it goes. */
export interface LineExtent {
  /** The entry without comments. */
  readonly content: Extent;
  /** From the first line of the comments right above it to behind the line break of the last line that is its own. */
  readonly lines: Extent;
  readonly column: number;
  /** Something else stands before it in its line, such as the `-` of `- name: x`. */
  readonly isInline: boolean;
}

/** Where the line begins that holds an offset. */
export const lineStart = (text: string, offset: number): number => {
  // A search from -1 would begin at 0.
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 && text.startsWith('\uFEFF') ? Math.min(1, offset) : start;
};

/** Behind the line break of the line in which something ends; a block scalar ends behind one already. */
export function lineEnd(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === '\n') return offset;
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}

/** The column of a line that holds nothing but a comment; null for another line. */
function commentColumn(text: string, start: number, end: number): number | null {
  const match = /^([^\S\n]*)#/.exec(text.slice(start, end));
  return match === null ? null : match[1]!.length;
}

const isBlank = (text: string, start: number, end: number): boolean => text.slice(start, end).trim() === '';

/** Behind the comments that follow a line and are indented deeper than `column`: they belong to what is above. */
export function behindNestedComments(text: string, from: number, column: number): number {
  let end = from;
  for (let at = from; at < text.length;) {
    const next = lineEnd(text, at + 1);
    const comment = commentColumn(text, at, next);
    if (comment !== null && comment > column) end = next;
    else if (comment !== null || !isBlank(text, at, next)) break;
    at = next;
  }
  return end;
}

/** New lines below comments, apart from a comment in their own column by an empty line: it is about what is above. */
export function separated(
  text: string,
  at: number,
  floor: number,
  lines: readonly string[],
): readonly string[] {
  const isSame = at > floor && commentColumn(text, lineStart(text, at - 1), at) === lines[0]?.search(/\S/);
  return isSame ? ['', ...lines] : lines;
}

/** The first line of the comments right above a line that stand in its column. */
function aboveComments(text: string, line: number, column: number, floor: number): number {
  let start = line;
  while (start > floor) {
    const above = lineStart(text, start - 1);
    if (above < floor || above >= start || commentColumn(text, above, start) !== column) break;
    start = above;
  }
  return start;
}

/** A collection belongs to one text; operations on many stages ask for the same one again and again. */
const known = new WeakMap<Collection, readonly LineExtent[]>();

/** The lines of each entry of a block collection, in order. */
export function lineExtents(source: YamlSource, collection: Collection): readonly LineExtent[] {
  const extents = known.get(collection) ?? findExtents(source, collection);
  known.set(collection, extents);
  return extents;
}

function findExtents({ text, document }: YamlSource, collection: Collection): readonly LineExtent[] {
  const isRoot = document.contents === collection;
  let floor = 0;
  return itemTokens(collection).map((item, index) => {
    const extent = lineExtent(text, item, floor, isRoot && index === 0);
    floor = extent.lines.end;
    return extent;
  });
}

/** @param isFirst the comments above the first entry of a file are about the file */
function lineExtent(text: string, item: CST.CollectionItem, floor: number, isFirst: boolean): LineExtent {
  const content = { start: itemStart(item), end: itemEnd(item) };
  const line = lineStart(text, content.start);
  const column = content.start - line;
  const isInline = text.slice(line, content.start).trim() !== '';
  const start = isInline || isFirst ? line : aboveComments(text, line, column, floor);
  const end = behindNestedComments(text, lineEnd(text, content.end), column);
  return { content, lines: { start, end }, column, isInline };
}

/** Whether entries of a collection stand apart by blank lines, as far as one can tell. */
export function standApart(extents: readonly LineExtent[]): boolean {
  let apart = 0;
  for (const [index, extent] of extents.entries()) {
    const before = extents[index - 1];
    if (before !== undefined && before.lines.end < extent.lines.start) apart += 1;
  }
  return extents.length > 1 && apart * 2 >= extents.length - 1;
}
