import { moveFlow } from './flow-edits.ts';
import { type LineExtent, lineExtents, lineStart } from './line-extent.ts';
import type { TextEdit } from './text-edit.ts';
import { type Collection, EditRefused, isFlow, type YamlSource } from './yaml-source.ts';

/** The order of entries after one was moved. @throws EditRefused when there is no such place */
export function movedOrder(
  length: number,
  { from, to }: { readonly from: number; readonly to: number },
): readonly number[] {
  const order = Array.from({ length }, (_, index) => index);
  if (order[from] === undefined || order[to] === undefined) {
    throw new EditRefused(`There are ${length} entries: none can move from ${from + 1} to ${to + 1}.`);
  }
  order.splice(to, 0, ...order.splice(from, 1));
  return order;
}

/**
 * Puts entries into another order. The blank lines and commas between them stay where they are.
 * @param order by the new place, the place that an entry has now
 */
export function reorderEntries(
  source: YamlSource,
  collection: Collection,
  order: readonly number[],
): readonly TextEdit[] {
  if (order.every((from, to) => from === to)) return [];
  return isFlow(collection) ? moveFlow(source, collection, order) : moveLines(source, collection, order);
}

function moveLines(
  source: YamlSource,
  collection: Collection,
  order: readonly number[],
): readonly TextEdit[] {
  const { text } = source;
  const extents = lineExtents(source, collection);
  return extents.flatMap((place, index) => {
    const taken = extents[order[index]!]!;
    if (taken === place) return [];
    const written = bodyOf(text, taken);
    if (!place.isInline) return [{ start: place.lines.start, end: endOf(text, place), text: written }];
    // Behind a `-` there is no room for comments above an entry: the `-` stands alone then.
    const { start } = place.content;
    const blanks = /[^\S\n]*$/.exec(text.slice(lineStart(text, start), start))![0].length;
    const isCommented = taken.lines.start < lineStart(text, taken.content.start);
    return isCommented
      ? [{ start: start - blanks, end: endOf(text, place), text: source.style.newline + written }]
      : [{ start, end: endOf(text, place), text: written.slice(place.column) }];
  });
}

/** The lines of an entry with their indent, without the line break behind the last, which a file may lack. */
function bodyOf(text: string, extent: LineExtent): string {
  const start = extent.isInline ? extent.content.start : extent.lines.start;
  return (extent.isInline ? ' '.repeat(extent.column) : '') + text.slice(start, endOf(text, extent));
}

function endOf(text: string, { lines: { end } }: LineExtent): number {
  if (text[end - 1] !== '\n') return end;
  return text[end - 2] === '\r' ? end - 2 : end - 1;
}
