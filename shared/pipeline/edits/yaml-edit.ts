import { isPair, isScalar, Scalar } from 'yaml';
import type { Node } from 'yaml';
import type { ValuePath } from '../source-map.ts';
import { orderEdits } from './edit-list.ts';
import { formatBlock, formatKey } from './format-value.ts';
import { type Apart, insertBelow, insertEntries, isEmptyNode, type NewEntry } from './insert-entry.ts';
import { collectionOf, type Entry, find, indexOf, keyText, locate, pathText } from './locate.ts';
import { movedOrder, reorderEntries } from './move-entry.ts';
import type { YamlValue } from './operation.ts';
import { removeEntries } from './remove-entry.ts';
import { setValue } from './set-value.ts';
import type { TextEdit } from './text-edit.ts';
import { itemEnd } from './token-extent.ts';
import { type Collection, EditRefused, isFlow, type YamlSource } from './yaml-source.ts';

/** @param quote how the place writes a `'` */
export type Rewrite = (text: string, quote: "'" | "''") => string;

/** One change of any YAML file. Paths are those of the file before the change. */
export type YamlEdit =
  /** Another value for an entry that is there. */
  | { readonly type: 'set'; readonly path: ValuePath; readonly value: YamlValue }
  /** A new key of the mapping (or of the empty value) at `path`; first if `after` is null, last unless it is given. */
  | {
      readonly type: 'insert';
      readonly path: ValuePath;
      readonly key: string;
      readonly value: YamlValue;
      readonly after?: string | null;
      readonly apart?: Apart;
      /** The entry as text that means `value`: lines without indent, comments included. */
      readonly lines?: readonly string[];
    }
  /** -1: at the end. */
  | {
      readonly type: 'insert-item';
      readonly path: ValuePath;
      readonly index: number;
      readonly value: YamlValue;
    }
  | { readonly type: 'remove'; readonly path: ValuePath }
  | { readonly type: 'rename'; readonly path: ValuePath; readonly to: string }
  /** A scalar's text goes through a function, in the file as well as in its value. */
  | { readonly type: 'rewrite'; readonly path: ValuePath; readonly rewrite: Rewrite }
  /** `path` is that of the collection; the entry at `from` comes to stand at `to`. */
  | { readonly type: 'move'; readonly path: ValuePath; readonly from: number; readonly to: number }
  /** At each place of the collection comes to stand the entry that stood at the index in `order`, which has each once. */
  | { readonly type: 'reorder'; readonly path: ValuePath; readonly order: readonly number[] };

/** The edits of the text, not yet checked. @throws EditRefused */
export function planEdits(source: YamlSource, edits: readonly YamlEdit[]): readonly TextEdit[] {
  const removed = new Map<Collection, Entry[]>();
  for (const edit of edits) {
    if (edit.type !== 'remove') continue;
    const entry = locate(source, edit.path);
    const others = removed.get(entry.collection);
    if (others === undefined) removed.set(entry.collection, [entry]);
    else others.push(entry);
  }
  return orderEdits(source.text, [
    ...[...removed.values()].flatMap((entries) => removeEntries(source, entries)),
    ...edits.flatMap((edit) => (edit.type === 'remove' ? [] : planEdit(source, edit))),
  ]);
}

function planEdit(source: YamlSource, edit: Exclude<YamlEdit, { type: 'remove' }>): readonly TextEdit[] {
  switch (edit.type) {
    case 'set':
      if (edit.path.length === 0) return setRoot(source, edit.value);
      return setValue(source, locate(source, edit.path), edit.value);
    case 'rename':
      return rename(source, edit);
    case 'rewrite':
      return rewrite(source, edit);
    case 'insert':
      return insert(source, edit);
    case 'insert-item':
      return insertItem(source, edit);
    case 'move':
    case 'reorder': {
      const { collection } = holderOf(source, edit.path);
      if (collection === null) throw new EditRefused(`There is nothing to move in ${pathText(edit.path)}.`);
      const order = edit.type === 'move' ? movedOrder(collection.items.length, edit) : edit.order;
      return reorderEntries(source, collection, order);
    }
  }
}

function holderOf(source: YamlSource, path: ValuePath) {
  const holder = path.length === 0 ? null : locate(source, path);
  const node: Node | null = holder === null ? source.document.contents : holder.value;
  return { holder, node, collection: collectionOf(node, path) };
}

function insert(source: YamlSource, edit: Extract<YamlEdit, { type: 'insert' }>): readonly TextEdit[] {
  const { holder, node, collection } = holderOf(source, edit.path);
  const entry: NewEntry = {
    key: edit.key,
    value: edit.value,
    ...(edit.lines === undefined ? {} : { lines: edit.lines }),
    ...(edit.apart === undefined ? {} : { apart: edit.apart }),
  };
  if (collection === null) return insertInto(source, holder, node, entry, edit.path);
  if (!isPairs(collection.items)) throw new EditRefused(`${pathText(edit.path)} is a list.`);
  if (indexOf(collection, edit.key, [...edit.path, edit.key]) >= 0) {
    throw new EditRefused(`There is a ${pathText([...edit.path, edit.key])} already.`);
  }
  const { after } = edit;
  const index =
    after === undefined
      ? collection.items.length
      : after === null
        ? 0
        : indexOf(collection, after, edit.path) + 1;
  if (index === 0 && typeof after === 'string')
    throw new EditRefused(`There is no ${pathText([...edit.path, after])}.`);
  return insertEntries(source, collection, holder, index, [entry]);
}

function insertItem(
  source: YamlSource,
  edit: Extract<YamlEdit, { type: 'insert-item' }>,
): readonly TextEdit[] {
  const { holder, node, collection } = holderOf(source, edit.path);
  const entry = { key: null, value: edit.value };
  if (collection === null) return insertInto(source, holder, node, entry, edit.path);
  if (collection.items.length > 0 && isPairs(collection.items))
    throw new EditRefused(`${pathText(edit.path)} is no list.`);
  const index = edit.index < 0 ? collection.items.length : edit.index;
  return insertEntries(source, collection, holder, index, [entry]);
}

const isPairs = (items: readonly unknown[]): boolean => items.every(isPair);

function insertInto(
  source: YamlSource,
  holder: Entry | null,
  node: Node | null,
  entry: NewEntry,
  path: ValuePath,
): readonly TextEdit[] {
  if (!isEmptyNode(node)) throw new EditRefused(`${pathText(path)} has a value: take that away first.`);
  return insertBelow(source, holder, entry);
}

function rewrite(source: YamlSource, edit: Extract<YamlEdit, { type: 'rewrite' }>): readonly TextEdit[] {
  const { value, tokens } = locate(source, edit.path);
  if (!isScalar(value) || value.srcToken === undefined) return [];
  const { start, end } = { start: value.srcToken.offset, end: itemEnd(tokens) };
  const written = source.text.slice(start, end);
  return [{ start, end, text: edit.rewrite(written, value.type === Scalar.QUOTE_SINGLE ? "''" : "'") }];
}

function setRoot(source: YamlSource, value: YamlValue): readonly TextEdit[] {
  const { style, text } = source;
  const { head, lines } = formatBlock(value, -style.step, style);
  const body = [...(head === '' ? [] : [head]), ...lines].join(style.newline) + style.newline;
  return [{ start: text.startsWith('\uFEFF') ? 1 : 0, end: text.length, text: body }];
}

function rename(
  source: YamlSource,
  { path, to }: Extract<YamlEdit, { type: 'rename' }>,
): readonly TextEdit[] {
  const { pair, collection } = locate(source, path);
  const key = pair?.key;
  if (
    !isScalar(key) ||
    key.srcToken === undefined ||
    !('source' in key.srcToken) ||
    key.srcToken.type === 'block-scalar'
  ) {
    throw new EditRefused(`The name of ${pathText(path)} can only be changed in the text.`);
  }
  if (keyText(key) !== to && find(source, [...path.slice(0, -1), to]) !== null) {
    throw new EditRefused(`There is a ${pathText([...path.slice(0, -1), to])} already.`);
  }
  const { offset, source: written } = key.srcToken;
  return [
    {
      start: offset,
      end: offset + written.length,
      text: formatKey(to, source.style, isFlow(collection), key.type),
    },
  ];
}
