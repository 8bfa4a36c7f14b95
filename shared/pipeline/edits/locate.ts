import { isAlias, isCollection, isMap, isPair, isScalar, isSeq } from 'yaml';
import type { CST, Node, Pair } from 'yaml';
import type { ValuePath } from '../source-map.ts';
import { lineStart } from './line-extent.ts';
import { itemStart } from './token-extent.ts';
import { type Collection, EditRefused, isFlow, itemTokens, type YamlSource } from './yaml-source.ts';

/** An entry of a mapping or an item of a list. */
export interface Entry {
  readonly collection: Collection;
  readonly index: number;
  /** Null in a list. */
  readonly pair: Pair | null;
  /** Null for an empty value. */
  readonly value: Node | null;
  readonly tokens: CST.CollectionItem;
  /** The entry that holds the collection; null in the root. */
  readonly parent: Entry | null;
}

export function pathText(path: ValuePath): string {
  return path.map((step) => (typeof step === 'number' ? `[${step}]` : step)).join('.');
}

/** Finds an entry. @throws EditRefused when the path leads nowhere, twice somewhere, or through an alias */
export function locate(source: YamlSource, path: ValuePath): Entry {
  const entry = find(source, path);
  if (entry === null) throw new EditRefused(`There is no ${pathText(path)} in the file.`);
  return entry;
}

/** As `locate`, but null when the last step of the path leads nowhere. */
export function find({ document }: YamlSource, path: ValuePath): Entry | null {
  let node: Node | null = document.contents;
  let entry: Entry | null = null;
  for (const [depth, step] of path.entries()) {
    const collection = collectionOf(node, path.slice(0, depth));
    const index = collection === null ? -1 : indexOf(collection, step, path);
    if (collection === null || index < 0) {
      if (depth === path.length - 1) return null;
      throw new EditRefused(`There is no ${pathText(path.slice(0, depth + 1))} in the file.`);
    }
    const item: unknown = collection.items[index];
    if (isSeq(collection) && isPair(item))
      throw new EditRefused(`${pathText(path)} can only be changed in the text.`);
    const pair = isPair(item) ? item : null;
    node = (pair === null ? item : pair.value) as Node | null;
    entry = { collection, index, pair, value: node, tokens: itemTokens(collection)[index]!, parent: entry };
  }
  return entry;
}

/** The collection that a value is; null for an empty one or a scalar. @throws EditRefused for an alias */
export function collectionOf(node: Node | null, path: ValuePath): Collection | null {
  if (isAlias(node)) {
    throw new EditRefused(`${pathText(path)} comes from the anchor &${node.source}: change it there.`);
  }
  return isCollection(node) && (isMap(node) || isSeq(node)) ? node : null;
}

/** @returns -1 when it has none */
export function indexOf(collection: Collection, step: string | number, path: ValuePath): number {
  if (isSeq(collection)) return typeof step === 'number' && step < collection.items.length ? step : -1;
  const index = keyIndexes(collection).get(String(step)) ?? -1;
  if (index === TWICE) {
    throw new EditRefused(`${pathText(path)} stands in the file twice: take one away in the text first.`);
  }
  return index;
}

const TWICE = -2;
const known = new WeakMap<Collection, ReadonlyMap<string, number>>();

function keyIndexes(collection: Collection): ReadonlyMap<string, number> {
  const found = known.get(collection);
  if (found !== undefined) return found;
  const indexes = new Map<string, number>();
  for (const [index, item] of collection.items.entries()) {
    const key = isPair(item) ? keyText(item.key) : null;
    if (key !== null) indexes.set(key, indexes.has(key) ? TWICE : index);
  }
  known.set(collection, indexes);
  return indexes;
}

/** A key as plain JavaScript has it; null where it is no plain key. */
export function keyText(key: unknown): string | null {
  if (key === null) return '';
  if (!isScalar<string | number | boolean | null>(key)) return null;
  return key.value === null ? '' : String(key.value);
}

/** What has to stand between the end of a key and its first value: `{a}` lacks a `:`, `? a` one in a line of its own. */
export function missingColon({ text, style }: YamlSource, { tokens, collection }: Entry): string {
  if (isSeq(collection)) return ' ';
  if (isFlow(collection) || !tokens.start.some(({ type }) => type === 'explicit-key-ind')) return ': ';
  const start = itemStart(tokens);
  return `${style.newline}${' '.repeat(start - lineStart(text, start))}: `;
}
