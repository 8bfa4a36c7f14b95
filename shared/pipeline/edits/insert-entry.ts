import { isMap, isSeq } from 'yaml';
import type { Node } from 'yaml';
import { formatEntry, formatFlow, formatItem, formatKey } from './format-value.ts';
import {
  behindNestedComments,
  lineEnd,
  type LineExtent,
  lineExtents,
  lineStart,
  separated,
  standApart,
} from './line-extent.ts';
import { insertFlow } from './flow-edits.ts';
import { type Entry, missingColon } from './locate.ts';
import type { YamlValue } from './operation.ts';
import type { TextEdit } from './text-edit.ts';
import { indicatorEnd, itemEnd, itemStart, propsEnd } from './token-extent.ts';
import { type Collection, EditRefused, isFlow, tokenOf, type YamlSource } from './yaml-source.ts';

/**
 * Whether a blank line stands between an entry and its neighbours: `always`, or `unless-seen`, where the collection has too
 * few entries to see how they are written.
 */
export type Apart = 'always' | 'unless-seen';

/** What comes into a collection: an item of a list (`key` is null), or an entry of a mapping. */
export interface NewEntry {
  readonly key: string | null;
  readonly value: YamlValue;
  /** Lines to write instead of those that the value comes to; each without its indent. */
  readonly lines?: readonly string[];
  readonly apart?: Apart;
}

/** The lines of a new entry whose key or `-` stands in a column. */
function linesOf({ key, value, lines }: NewEntry, column: number, { style }: YamlSource): readonly string[] {
  if (lines !== undefined) return lines.map((line) => (line === '' ? '' : ' '.repeat(column) + line));
  return key === null ? formatItem(value, column, style) : formatEntry(key, value, column, style);
}

/** A new entry in one line, as inside of `{ }` and `[ ]`. */
export function flowOf({ key, value }: NewEntry, { style }: YamlSource): string {
  const text = formatFlow(value, style);
  return key === null ? text : `${formatKey(key, style, true)}: ${text}`;
}

/** Adds entries, one behind the other, at `index` of a collection that is there; only one to an empty collection. */
export function insertEntries(
  source: YamlSource,
  collection: Collection,
  holder: Entry | null,
  index: number,
  entries: readonly NewEntry[],
): readonly TextEdit[] {
  const [first] = entries;
  if (first === undefined) return [];
  if (collection.items.length === 0) return fillEmpty(source, collection, holder, first);
  if (isFlow(collection)) {
    const written = entries.map((entry) => flowOf(entry, source));
    return insertFlow(source, collection, index, written);
  }
  return entries.flatMap((entry) => insertLines(source, collection, index, entry));
}

function insertLines(
  source: YamlSource,
  collection: Collection,
  index: number,
  entry: NewEntry,
): readonly TextEdit[] {
  const { text, style } = source;
  const extents = lineExtents(source, collection);
  const column = extents[0]!.column;
  const lines = linesOf(entry, column, source);
  const isApart =
    entry.apart === 'always' ||
    (extents.length < 2 && entry.apart === 'unless-seen') ||
    (standApart(extents) && !isLineBeforeBlock(text, extents, lines));
  const before = extents[index - 1];
  if (before !== undefined) {
    const at = before.lines.end;
    const isOpen = at > 0 && text[at - 1] !== '\n';
    const gap = isApart ? style.newline : '';
    const body = lines.join(style.newline);
    return [{ start: at, end: at, text: isOpen ? style.newline + gap + body : gap + body + style.newline }];
  }
  const first = extents[0]!;
  if (!first.isInline) {
    const body = lines.join(style.newline) + style.newline + (isApart ? style.newline : '');
    return [{ start: first.lines.start, end: first.lines.start, text: body }];
  }
  const body = [lines[0]!.trimStart(), ...lines.slice(1), ' '.repeat(column)].join(style.newline);
  return [{ start: first.content.start, end: first.content.start, text: body }];
}

/** A line joins the only other one; the blank line behind that sets off a block, such as the stages of a file. */
function isLineBeforeBlock(text: string, extents: readonly LineExtent[], lines: readonly string[]): boolean {
  const [first, second, ...more] = extents;
  if (first === undefined || second === undefined || more.length > 0 || lines.length > 1) return false;
  const isLine = ({ content }: LineExtent): boolean => !text.slice(content.start, content.end).includes('\n');
  return isLine(first) && !isLine(second);
}

/** `{}` and `[]` become a block where that can stand, since that is how one would write it. */
function fillEmpty(
  source: YamlSource,
  collection: Collection,
  holder: Entry | null,
  entry: NewEntry,
): readonly TextEdit[] {
  const token = tokenOf(collection);
  if (token.type !== 'flow-collection') throw new EditRefused('This place can only be changed in the text.');
  const close = token.end.find(({ type }) => /^flow-(map|seq)-end$/.test(type));
  const { text } = source;
  const end = close === undefined ? token.offset : close.offset + 1;
  const isPlain = !text.slice(token.offset, end).includes('#');
  const isBlockValue = holder !== null && isMap(holder.collection) && !isFlow(holder.collection) && isPlain;
  if (!isBlockValue) {
    const padding = (isSeq(collection) ? source.style.paddedLists : source.style.paddedMaps) ? ' ' : '';
    const at = token.offset + 1;
    return [{ start: at, end: isPlain ? end - 1 : at, text: padding + flowOf(entry, source) + padding }];
  }
  const behind = propsEnd(holder.tokens) ?? indicatorEnd(holder.tokens) ?? token.offset;
  const edits = belowLine(source, holder, end, entry);
  return [{ start: behind, end, text: '' }, ...edits];
}

/** A first entry below an empty value, such as `stages:` with nothing behind it. */
export function insertBelow(source: YamlSource, holder: Entry | null, entry: NewEntry): readonly TextEdit[] {
  const { text, style } = source;
  if (holder === null) {
    const isOpen = text !== '' && text !== '\uFEFF' && !text.endsWith('\n');
    const body = linesOf(entry, 0, source).join(style.newline) + style.newline;
    return [{ start: text.length, end: text.length, text: (isOpen ? style.newline : '') + body }];
  }
  const behind = propsEnd(holder.tokens) ?? itemEnd(holder.tokens);
  if (isFlow(holder.collection) || indicatorEnd(holder.tokens) === null) {
    const colon = indicatorEnd(holder.tokens) === null ? missingColon(source, holder) : ' ';
    const written = flowOf(entry, source);
    const wrapped = entry.key === null ? `[${written}]` : `{${written}}`;
    return [{ start: behind, end: behind, text: colon + wrapped }];
  }
  if (isSeq(holder.collection)) {
    const column = behind - lineStart(text, behind) + 1;
    const [first = '', ...rest] = linesOf(entry, column, source);
    return [{ start: behind, end: behind, text: [` ${first.trimStart()}`, ...rest].join(style.newline) }];
  }
  return belowLine(source, holder, behind, entry);
}

function belowLine(source: YamlSource, holder: Entry, end: number, entry: NewEntry): readonly TextEdit[] {
  const { text, style } = source;
  const start = itemStart(holder.tokens);
  const column = start - lineStart(text, start);
  const at = behindNestedComments(text, lineEnd(text, end), column);
  const lines = linesOf(entry, column + (entry.key === null ? style.listStep : style.step), source);
  const body = separated(text, at, lineEnd(text, end), lines).join(style.newline);
  const isOpen = text[at - 1] !== '\n';
  return [{ start: at, end: at, text: isOpen ? style.newline + body : body + style.newline }];
}

/** Whether a value is empty as in `key:`. */
export const isEmptyNode = (node: Node | null): boolean =>
  node === null || ('source' in node && node.source === '' && 'value' in node && node.value === null);
