import { isAlias, isMap, isPair, isScalar, isSeq, Scalar } from 'yaml';
import type { Node } from 'yaml';
import { formatBlock, formatFlow, formatLiteral, formatScalar } from './format-value.ts';
import { insertEntry, isEmptyNode } from './insert-entry.ts';
import { behindNestedComments, lineEnd, lineStart } from './line-extent.ts';
import { type Entry, keyText } from './locate.ts';
import type { YamlValue } from './operation.ts';
import { removeEntry } from './remove-entry.ts';
import type { TextEdit } from './text-edit.ts';
import { indicatorEnd, itemEnd, itemStart } from './token-extent.ts';
import {
  type Collection,
  EditRefused,
  isFlow,
  itemTokens,
  refuseUsedAnchors,
  type YamlSource,
} from './yaml-source.ts';

/** Gives an entry another value with as few changes of the text as it takes. */
export function setValue(source: YamlSource, entry: Entry, value: YamlValue): readonly TextEdit[] {
  const { value: node } = entry;
  if (isMap(node) && isMapping(value)) return setEntries(source, node, entry, value);
  if (isSeq(node) && Array.isArray(value))
    return setItems(source, node, entry, value as readonly YamlValue[]);
  if (isSameScalar(node, value)) return [];
  return replaceScalar(source, entry, value) ?? replaceValue(source, entry, value);
}

const isMapping = (value: YamlValue): value is { readonly [key: string]: YamlValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isSameScalar = (node: Node | null, value: YamlValue): boolean =>
  (isScalar(node) && Object.is(node.value, value)) || (node === null && value === null);

function setEntries(
  source: YamlSource,
  map: Collection,
  holder: Entry,
  value: { readonly [key: string]: YamlValue },
): readonly TextEdit[] {
  const items = itemTokens(map);
  const keys = map.items.map((item) => (isPair(item) ? keyText(item.key) : null));
  const kept = keys.filter((key) => key !== null && Object.hasOwn(value, key));
  if (kept.length === 0 || new Set(keys).size < keys.length || keys.includes(null)) {
    return replaceValue(source, holder, value);
  }
  const edits: TextEdit[] = [];
  for (const [index, item] of map.items.entries()) {
    if (!isPair(item)) continue;
    const entry: Entry = {
      collection: map,
      index,
      pair: item,
      value: item.value as Node | null,
      tokens: items[index]!,
      parent: holder,
    };
    const key = keys[index]!;
    edits.push(
      ...(Object.hasOwn(value, key) ? setValue(source, entry, value[key]!) : removeEntry(source, entry)),
    );
  }
  // New ones go behind the last one that stays: what stands behind may be taken away.
  const behind = keys.lastIndexOf(kept.at(-1)!) + 1;
  for (const [key, added] of Object.entries(value)) {
    if (!keys.includes(key)) edits.push(...insertEntry(source, map, holder, behind, { key, value: added }));
  }
  return edits;
}

function setItems(
  source: YamlSource,
  list: Collection,
  holder: Entry,
  value: readonly YamlValue[],
): readonly TextEdit[] {
  const items = itemTokens(list);
  const old = list.items.map((item) =>
    isPair(item) ? undefined : ((item as Node).toJS(source.document) as YamlValue),
  );
  if (value.length === 0 || old.length === 0 || old.includes(undefined))
    return replaceValue(source, holder, value);
  const isSame = (a: number, b: number): boolean => JSON.stringify(old[a]) === JSON.stringify(value[b]);
  const most = Math.min(old.length, value.length);
  let head = 0;
  while (head < most && isSame(head, head)) head += 1;
  let tail = 0;
  while (tail < most - head && isSame(old.length - 1 - tail, value.length - 1 - tail)) tail += 1;
  const edits: TextEdit[] = [];
  const entryAt = (index: number): Entry => ({
    collection: list,
    index,
    pair: null,
    value: list.items[index] as Node | null,
    tokens: items[index]!,
    parent: holder,
  });
  const changed = Math.min(old.length, value.length) - head - tail;
  for (let index = head; index < head + changed; index += 1) {
    edits.push(...setValue(source, entryAt(index), value[index]!));
  }
  for (let index = head + changed; index < old.length - tail; index += 1) {
    edits.push(...removeEntry(source, entryAt(index)));
  }
  for (let index = head + changed; index < value.length - tail; index += 1) {
    edits.push(...insertEntry(source, list, holder, head + changed, { key: null, value: value[index]! }));
  }
  return edits;
}

/** Another scalar in the place and the style of the one before; null where that is no matter of one token. */
function replaceScalar(
  source: YamlSource,
  { value: node, tokens, collection }: Entry,
  value: YamlValue,
): readonly TextEdit[] | null {
  if (!isScalar(node) || isEmptyNode(node) || (typeof value === 'object' && value !== null)) return null;
  const token = node.srcToken;
  if (token === undefined || (node.tag !== undefined && hasTag(tokens))) return null;
  const { text, style } = source;
  if (token.type === 'block-scalar') {
    const header = token.props.find(({ type }) => type === 'block-scalar-header');
    if (
      header === undefined ||
      !('source' in header) ||
      node.type !== Scalar.BLOCK_LITERAL ||
      isNowOneLine(node.value, value) ||
      typeof value !== 'string'
    )
      return null;
    return replaceLiteral(source, header.offset, header.source, itemEnd(tokens), value);
  }
  if (typeof value === 'string' && value.includes('\n') && !isFlow(collection)) return null;
  const end = token.offset + ('source' in token ? token.source.length : 0);
  const type = typeof value === 'string' ? (node.type ?? undefined) : undefined;
  const written = formatScalar(value, style, isFlow(collection), type);
  if (written.includes('\n')) return null;
  // A scalar over several lines keeps the comment behind its last one.
  return [{ start: token.offset, end: Math.max(end, token.offset), text: written }].filter(
    (edit) => text.slice(edit.start, edit.end) !== written,
  );
}

/** Whether a script of several lines comes to one, which reads better beside its key. */
const isNowOneLine = (before: unknown, value: YamlValue): boolean =>
  typeof value === 'string' && !value.includes('\n') && String(before).trimEnd().includes('\n');

const hasTag = ({ start, sep }: Entry['tokens']): boolean =>
  [...start, ...(sep ?? [])].some(({ type }) => type === 'tag');

/** The lines of a literal that differ, with the indent that it has. */
function replaceLiteral(
  { text, style }: YamlSource,
  headerStart: number,
  header: string,
  end: number,
  value: string,
): readonly TextEdit[] | null {
  if (/\d/.test(header)) return null;
  const bodyStart = lineEnd(text, headerStart + header.length);
  const indent = /^(?:[^\S\n]*\n)*( *)\S/.exec(text.slice(bodyStart, end))?.[1]?.length;
  if (indent === undefined || indent === 0) return null;
  const { head, lines } = formatLiteral(value, indent, style);
  if (!head.startsWith('|')) return null;
  const isClosed = text[end - 1] === '\n';
  const body = lines.join(style.newline) + (isClosed ? style.newline : '');
  // Without `+` the blank lines behind the text are no part of it.
  const tail =
    head === '|+' || header.includes('+')
      ? ''
      : (/(?:\r?\n[^\S\n]*)*$/.exec(text.slice(bodyStart, end).replace(/\r?\n$/, ''))?.[0] ?? '');
  return [
    { start: headerStart, end: headerStart + header.length, text: head },
    { start: bodyStart, end, text: tail === '' ? body : body.replace(/\r?\n$/, '') + tail + style.newline },
  ];
}

/** Writes a value anew, with its anchor and tag gone; comments in it go, those in the line of its key stay. */
export function replaceValue(source: YamlSource, entry: Entry, value: YamlValue): readonly TextEdit[] {
  const { text, style } = source;
  const { tokens, collection } = entry;
  if (!isAlias(entry.value)) refuseUsedAnchors(source, entry.value);
  const contentEnd = itemEnd(tokens);
  const behind = indicatorEnd(tokens);
  if (isFlow(collection)) {
    const written = formatFlow(value, style);
    if (entry.pair === null) return [{ start: itemStart(tokens), end: contentEnd, text: written }];
    const at = behind ?? contentEnd;
    return [{ start: at, end: contentEnd, text: `${behind === null ? ':' : ''} ${written}` }];
  }
  if (behind === null) throw new EditRefused('This place can only be changed in the text.');
  const start = itemStart(tokens);
  const column = start - lineStart(text, start);
  const { head, lines } = formatBlock(
    value,
    column,
    entry.pair === null ? { ...style, step: 2, listStep: 2 } : style,
  );
  const keyLineEnd = lineEnd(text, behind);
  const isOneLine = contentEnd <= keyLineEnd && text[contentEnd - 1] !== '\n';
  if (isOneLine && lines.length === 0) return [{ start: behind, end: contentEnd, text: ` ${head}` }];
  if (head.startsWith('|') && isOneLine && behindNestedComments(text, keyLineEnd, column) > keyLineEnd) {
    // The comments below would become part of a literal.
    const quoted = formatScalar(value, style, false, Scalar.QUOTE_DOUBLE);
    return [{ start: behind, end: contentEnd, text: ` ${quoted}` }];
  }
  const newHead = head === '' ? '' : ` ${head}`;
  const body = lines.join(style.newline);
  if (isOneLine) {
    const isOpen = text[keyLineEnd - 1] !== '\n';
    return [
      { start: behind, end: contentEnd, text: newHead },
      { start: keyLineEnd, end: keyLineEnd, text: isOpen ? style.newline + body : body + style.newline },
    ];
  }
  // The value begins in the key's line (`- a: 1`, `key: |`), or below it, where a comment may stand behind the key.
  const valueStart = firstOfValue(entry, behind);
  const isBelow = valueStart >= keyLineEnd;
  const oldEnd = behindNestedComments(text, lineEnd(text, contentEnd), column);
  const isOpen = text[oldEnd - 1] !== '\n';
  const bodyText = lines.length === 0 ? '' : body + (isOpen ? '' : style.newline);
  if (isBelow) {
    return [
      { start: behind, end: behind, text: newHead },
      { start: keyLineEnd, end: oldEnd, text: bodyText },
    ];
  }
  const headText = newHead + (lines.length > 0 || !isOpen ? style.newline : '');
  return [{ start: behind, end: oldEnd, text: headText + bodyText }];
}

function firstOfValue({ value, tokens }: Entry, behind: number): number {
  const props = [...(tokens.sep ?? tokens.start)].find(
    ({ type, offset }) => (type === 'anchor' || type === 'tag') && offset >= behind,
  );
  return props?.offset ?? tokens.value?.offset ?? value?.range?.[0] ?? behind;
}
