import { isPair } from 'yaml';
import type { Node } from 'yaml';
import { lineEnd, lineExtents, lineStart } from './line-extent.ts';
import type { Entry } from './locate.ts';
import type { TextEdit } from './text-edit.ts';
import { type Extent, indicatorEnd, itemEnd, itemStart, propsEnd } from './token-extent.ts';
import { isFlow, itemTokens, refuseUsedAnchors, tokenOf, type YamlSource } from './yaml-source.ts';

/** Takes an entry out, with the comments that are about it; an emptied collection becomes `{}` or `[]`. */
export function removeEntry(source: YamlSource, entry: Entry): readonly TextEdit[] {
  const item: unknown = entry.collection.items[entry.index];
  refuseUsedAnchors(source, entry.value);
  if (isPair(item)) refuseUsedAnchors(source, item.key as Node | null);
  if (isFlow(entry.collection)) return removeFlow(source, entry);
  return entry.collection.items.length === 1 ? removeLast(source, entry) : [removeLines(source, entry)];
}

function removeLast(source: YamlSource, entry: Entry): readonly TextEdit[] {
  const { text, document } = source;
  const empty = tokenOf(entry.collection).type === 'block-seq' ? '[]' : '{}';
  const [extent] = lineExtents(source, entry.collection);
  if (extent === undefined) return [];
  const holder = entry.parent;
  if (extent.isInline || document.contents === entry.collection || holder === null) {
    return [
      {
        ...extent.content,
        text: empty + (text[extent.content.end - 1] === '\n' ? source.style.newline : ''),
      },
    ];
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
    // The next entry takes the place behind the `-`.
    const line = lineEnd(text, extent.content.end);
    const indent = /^\s*/.exec(text.slice(line))![0].length;
    return { start: extent.content.start, end: line + indent, text: '' };
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

function removeFlow({ text }: YamlSource, { collection, index }: Entry): readonly TextEdit[] {
  const items = itemTokens(collection);
  const item = items[index]!;
  const start = itemStart(item);
  const end = itemEnd(item);
  const next = items[index + 1];
  const before = items[index - 1];
  if (next !== undefined) {
    const between = text.slice(end, itemStart(next));
    // A comment in the line of the entry goes with it, one in a line of its own is about the next.
    const own = /^\s*,[^\S\n]*(#[^\n]*)?(\n\s*)?/.exec(between)?.[0].length ?? between.length;
    return [{ start, end: end + (between.slice(own).includes('#') ? own : between.length), text: '' }];
  }
  if (before !== undefined) {
    const between = text.slice(itemEnd(before), start);
    return [{ start: between.includes('#') ? start : itemEnd(before), end, text: '' }];
  }
  const token = tokenOf(collection);
  const close =
    token.type === 'flow-collection'
      ? token.end.find(({ type }) => /^flow-(map|seq)-end$/.test(type))
      : undefined;
  const inside = { start: token.offset + 1, end: close?.offset ?? end };
  const isBare = !text.slice(inside.start, start).includes('#') && !text.slice(end, inside.end).includes('#');
  if (isBare) return [{ ...inside, text: '' }];
  const comma = /^\s*,/.exec(text.slice(end, inside.end))?.[0].length ?? 0;
  return [{ start, end: end + comma, text: '' }];
}
