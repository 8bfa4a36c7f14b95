import { flowExtents } from './flow-extent.ts';
import { lineEnd, lineStart } from './line-extent.ts';
import { applyTextEdits, type TextEdit } from './text-edit.ts';
import { type Collection, EditRefused, tokenOf, type YamlSource } from './yaml-source.ts';

/**
 * Adds entries to a `{ }` or `[ ]` that is not empty, each in a line of its own where the others are.
 * @param written the entries as they stand in one line, without a comma
 */
export function insertFlow(
  source: YamlSource,
  collection: Collection,
  index: number,
  written: readonly string[],
): readonly TextEdit[] {
  const { text, style } = source;
  const { entries, isSpread } = flowExtents(source, collection);
  const breakAt = (at: number): string =>
    style.newline + /^[^\S\n]*/.exec(text.slice(lineStart(text, at), at))![0];
  const next = entries[index];
  if (next !== undefined) {
    const gap = isSpread ? breakAt(next.start) : ' ';
    return [{ start: next.start, end: next.start, text: written.map((each) => `${each},${gap}`).join('') }];
  }
  const { content, comma, comment } = entries.at(-1)!;
  const hasComment = comment.end > comment.start;
  const gap = isSpread || hasComment ? breakAt(content.start) : ' ';
  if (!hasComment && comma === null) {
    return [{ start: content.end, end: content.end, text: written.map((each) => `,${gap}${each}`).join('') }];
  }
  // The last has a comma behind it when those before it do.
  const lines = gap + written.join(`,${gap}`) + (comma === null ? '' : ',');
  const at = comma === null ? comment.end : Math.max(comment.end, comma + 1);
  const added = { start: at, end: at, text: lines };
  return comma === null ? [{ start: content.end, end: content.end, text: ',' }, added] : [added];
}

/** Takes an entry out of a `{ }` or `[ ]`, with its comma and the comments that are about it. */
export function removeFlow(source: YamlSource, collection: Collection, index: number): readonly TextEdit[] {
  const { text } = source;
  const { entries, close, isSpread } = flowExtents(source, collection);
  const { content, start, comma, comment } = entries[index]!;
  const end = Math.max(content.end, comment.end, comma === null ? 0 : comma + 1);
  const before = entries[index - 1];
  if (entries.length === 1) {
    const inside = { start: tokenOf(collection).offset + 1, end: close };
    const isBare =
      !text.slice(inside.start, start).includes('#') && !text.slice(end, inside.end).includes('#');
    return [isBare ? { ...inside, text: '' } : { start, end, text: '' }];
  }
  const isOwnLines = isSpread && /^[^\S\n]*\n/.test(text.slice(end));
  const isLast = index === entries.length - 1;
  const lostComma = isLast && comma === null ? (before?.comma ?? null) : null;
  const commaEdit = lostComma === null ? [] : [{ start: lostComma, end: lostComma + 1, text: '' }];
  if (isOwnLines) {
    const lines = { start: lineStart(text, start), end: lineEnd(text, end), text: '' };
    return [...commaEdit, lines];
  }
  const next = entries[index + 1];
  if (next !== undefined) return [{ start, end: upTo(text, end, next.start), text: '' }];
  if (before !== undefined && before.comma !== null && !text.slice(before.content.end, start).includes('#')) {
    return [{ start: comma === null ? before.content.end : before.comma + 1, end, text: '' }];
  }
  return [...commaEdit, { start, end, text: '' }];
}

/** Up to the next entry, unless comments that are not about this one stand before that. */
function upTo(text: string, end: number, next: number): number {
  if (text.slice(end, next).includes('#')) return end + /^\s*/.exec(text.slice(end))![0].length;
  return next;
}

/** What becomes of the entries of a collection. */
export interface FlowChange {
  /** By the place of each entry: edits inside of it, or null where it goes. */
  readonly kept: readonly (readonly TextEdit[] | null)[];
  /** What comes behind how many of the entries. */
  readonly index: number;
  readonly written: readonly string[];
}

/** Several entries of a `{ }` or `[ ]` changed at once; null where comments stand in it, which takes an edit for each. */
export function rewriteFlow(
  source: YamlSource,
  collection: Collection,
  { kept, index, written }: FlowChange,
): readonly TextEdit[] | null {
  const { text, style } = source;
  const { entries, close, isSpread } = flowExtents(source, collection);
  const first = entries[0];
  const last = entries.at(-1);
  if (first === undefined || last === undefined) return null;
  const hasComments = [...entries.entries()].some(([at, { content, start, comment }]) => {
    const next = entries[at + 1]?.start ?? close;
    return (
      start < content.start || comment.end > comment.start || text.slice(content.end, next).includes('#')
    );
  });
  if (hasComments || text.slice(tokenOf(collection).offset, first.start).includes('#')) return null;
  const pieces = entries.map(({ content }, at) => {
    const edits = kept[at] ?? null;
    if (edits === null) return [];
    const shifted = edits.map((edit) => ({
      ...edit,
      start: edit.start - content.start,
      end: edit.end - content.start,
    }));
    return [applyTextEdits(text.slice(content.start, content.end), shifted)];
  });
  const all = [...pieces.slice(0, index).flat(), ...written, ...pieces.slice(index).flat()];
  const indent = /^[^\S\n]*/.exec(text.slice(lineStart(text, first.start)))![0];
  const gap = isSpread ? `,${style.newline}${indent}` : ', ';
  return [{ start: first.start, end: last.content.end, text: all.join(gap) }];
}

/** Puts an entry of a `{ }` or `[ ]` elsewhere among the others; commas and line breaks stay. @throws EditRefused */
export function moveFlow(
  source: YamlSource,
  collection: Collection,
  order: readonly number[],
): readonly TextEdit[] {
  const { text } = source;
  const { entries } = flowExtents(source, collection);
  return entries.flatMap((place, index) => {
    const taken = entries[order[index]!]!;
    if (taken === place) return [];
    const comment = text.slice(taken.comment.start, taken.comment.end);
    const hasAbove = taken.start < taken.content.start;
    const beginsLine = text.slice(lineStart(text, place.start), place.start).trim() === '';
    if ((comment !== '' && !place.isLineEnd) || (hasAbove && !beginsLine)) {
      throw new EditRefused('The comment of an entry has no room in its new place: move it in the text.');
    }
    return [
      { start: place.start, end: place.content.end, text: text.slice(taken.start, taken.content.end) },
      { ...place.comment, text: comment },
    ];
  });
}
