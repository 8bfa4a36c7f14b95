import { isPair } from 'yaml';
import type { Node } from 'yaml';
import { lineEnd, lineExtents, lineStart } from './line-extent.ts';
import { removeFlow } from './flow-edits.ts';
import type { Entry } from './locate.ts';
import type { TextEdit } from './text-edit.ts';
import { type Extent, indicatorEnd, propsEnd } from './token-extent.ts';
import { isFlow, refuseUsedAnchors, tokenOf, type YamlSource } from './yaml-source.ts';

/** Takes an entry out, with the comments that are about it; an emptied collection becomes `{}` or `[]`. */
export function removeEntry(source: YamlSource, entry: Entry): readonly TextEdit[] {
  refuseUsedIn(source, entry);
  if (isFlow(entry.collection)) return removeFlow(source, entry.collection, entry.index);
  return entry.collection.items.length === 1 ? removeLast(source, entry) : [removeLines(source, entry)];
}

/** @throws EditRefused when something outside of an entry uses an anchor inside of it */
export function refuseUsedIn(source: YamlSource, { collection, index, value }: Entry): void {
  const item: unknown = collection.items[index];
  refuseUsedAnchors(source, value);
  if (isPair(item)) refuseUsedAnchors(source, item.key as Node | null);
}

function removeLast(source: YamlSource, entry: Entry): readonly TextEdit[] {
  const { text, document } = source;
  const empty = tokenOf(entry.collection).type === 'block-seq' ? '[]' : '{}';
  const [extent] = lineExtents(source, entry.collection);
  if (extent === undefined) return [];
  const holder = entry.parent;
  if (extent.isInline || document.contents === entry.collection || holder === null) {
    const lineBreak = /\r?\n$/.exec(text.slice(extent.content.start, extent.lines.end))?.[0] ?? '';
    return [{ start: extent.content.start, end: extent.lines.end, text: empty + lineBreak }];
  }
  const behind = propsEnd(holder.tokens) ?? indicatorEnd(holder.tokens) ?? extent.lines.start;
  return [
    { start: behind, end: behind, text: ` ${empty}` },
    { ...extent.lines, text: '' },
  ];
}

function removeLines(source: YamlSource, { collection, index }: Entry): TextEdit {
  const { text } = source;
  const extents = lineExtents(source, collection);
  const extent = extents[index]!;
  const next = extents[index + 1];
  if (extent.isInline && next !== undefined) {
    const { start } = extent.content;
    const { end } = extent.lines;
    // The next entry takes the place behind the `-`; below it, with comments of its own.
    if (!text.slice(end, next.content.start).includes('#'))
      return { start, end: next.content.start, text: '' };
    const blanks = /[^\S\n]*$/.exec(text.slice(lineStart(text, start), start))![0].length;
    return { start: start - blanks, end, text: source.style.newline };
  }
  const floor = extents[index - 1]?.lines.end ?? start0(text);
  const isFirst = index === 0 && source.document.contents !== collection;
  const { start, end } = withoutGap(text, extent.lines, floor, isFirst);
  return { start, end, text: '' };
}

const start0 = (text: string): number => (text.startsWith('\uFEFF') ? 1 : 0);

/** Of the blank lines on both sides of what goes only those of one side stay, and none at the end of the file. */
function withoutGap(text: string, { start, end }: Extent, floor: number, isFirst: boolean): Extent {
  let before = start;
  while (before > floor && text.slice(lineStart(text, before - 1), before).trim() === '') {
    before = Math.max(floor, lineStart(text, before - 1));
  }
  let after = end;
  while (after < text.length && text.slice(after, lineEnd(text, after + 1)).trim() === '')
    after = lineEnd(text, after + 1);
  if (after === text.length) return { start: before, end: after };
  // Nothing stands between the first entry and the key above it.
  if (isFirst) return { start, end: after };
  return before < start ? { start, end: after } : { start, end };
}
