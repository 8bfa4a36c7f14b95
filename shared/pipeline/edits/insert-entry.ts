import { isMap, isSeq } from 'yaml';
import type { Node } from 'yaml';
import { formatEntry, formatFlow, formatItem, formatKey } from './format-value.ts';
import { behindNestedComments, lineEnd, lineExtents, lineStart, standApart } from './line-extent.ts';
import type { Entry } from './locate.ts';
import type { YamlValue } from './operation.ts';
import type { TextEdit } from './text-edit.ts';
import { indicatorEnd, itemEnd, itemStart, propsEnd } from './token-extent.ts';
import { type Collection, EditRefused, isFlow, itemTokens, tokenOf, type YamlSource } from './yaml-source.ts';

/** What comes into a collection: an item of a list (`key` is null), or an entry of a mapping. */
export interface NewEntry {
  readonly key: string | null;
  readonly value: YamlValue;
  /** Lines to write instead of those that the value comes to; each without its indent. */
  readonly lines?: readonly string[];
}

/** The lines of a new entry whose key or `-` stands in a column. */
function linesOf({ key, value, lines }: NewEntry, column: number, { style }: YamlSource): readonly string[] {
  if (lines !== undefined) return lines.map((line) => (line === '' ? '' : ' '.repeat(column) + line));
  return key === null ? formatItem(value, column, style) : formatEntry(key, value, column, style);
}

function flowOf({ key, value }: NewEntry, { style }: YamlSource): string {
  const text = formatFlow(value, style);
  return key === null ? text : `${formatKey(key, style, true)}: ${text}`;
}

/** Adds an entry at `index` of a collection that is there. */
export function insertEntry(
  source: YamlSource,
  collection: Collection,
  holder: Entry | null,
  index: number,
  entry: NewEntry,
): readonly TextEdit[] {
  if (collection.items.length === 0) return fillEmpty(source, collection, holder, entry);
  return isFlow(collection)
    ? insertFlow(source, collection, index, entry)
    : insertLines(source, collection, index, entry);
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
  const isApart = standApart(extents);
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

function insertFlow(
  source: YamlSource,
  collection: Collection,
  index: number,
  entry: NewEntry,
): readonly TextEdit[] {
  const { text, style } = source;
  const items = itemTokens(collection);
  const written = flowOf(entry, source);
  const next = items[index];
  const isSpread =
    items.length > 0 && text.slice(tokenOf(collection).offset, itemStart(items[0]!)).includes('\n');
  const indentOf = (at: number): string =>
    style.newline + /^[^\S\n]*/.exec(text.slice(lineStart(text, at), at))![0];
  if (next !== undefined) {
    const at = itemStart(next);
    return [{ start: at, end: at, text: `${written},${isSpread ? indentOf(at) : ' '}` }];
  }
  const last = items.at(-1)!;
  const at = itemEnd(last);
  const rest = text.slice(at, tokenEnd(collection));
  const gap = isSpread ? indentOf(itemStart(last)) : ' ';
  const comma = /^\s*,/.exec(rest)?.[0].length;
  if (comma !== undefined) return [{ start: at + comma, end: at + comma, text: `${gap}${written},` }];
  return [{ start: at, end: at, text: `,${gap}${written}` }];
}

function tokenEnd(collection: Collection): number {
  const token = tokenOf(collection);
  return token.type === 'flow-collection' ? (token.end[0]?.offset ?? token.offset) : token.offset;
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
    const colon = indicatorEnd(holder.tokens) === null && isMap(holder.collection) ? ':' : '';
    const written = flowOf(entry, source);
    const wrapped = entry.key === null ? `[${written}]` : `{${written}}`;
    return [{ start: behind, end: behind, text: `${colon} ${wrapped}` }];
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
  const body = lines.join(style.newline);
  const isOpen = text[at - 1] !== '\n';
  return [{ start: at, end: at, text: isOpen ? style.newline + body : body + style.newline }];
}

/** Whether a value is empty as in `key:`. */
export const isEmptyNode = (node: Node | null): boolean =>
  node === null || ('source' in node && node.source === '' && 'value' in node && node.value === null);
