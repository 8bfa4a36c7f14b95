import { isMap, isPair, isScalar, isSeq } from 'yaml';
import type { Node, Pair } from 'yaml';
import { rewriteFlow } from './flow-edits.ts';
import { flowOf, insertEntries, type NewEntry } from './insert-entry.ts';
import { type Entry, keyText } from './locate.ts';
import type { YamlValue } from './operation.ts';
import { refuseUsedIn, removeEntries } from './remove-entry.ts';
import { replaceScalar } from './replace-scalar.ts';
import { replaceValue } from './replace-value.ts';
import type { TextEdit } from './text-edit.ts';
import { type Collection, isFlow, itemTokens, type YamlSource } from './yaml-source.ts';

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
  const changes = map.items.map((item, index) => {
    const pair = item as Pair;
    const entry: Entry = {
      collection: map,
      index,
      pair,
      value: pair.value as Node | null,
      tokens: items[index]!,
      parent: holder,
    };
    const key = keys[index]!;
    return { entry, edits: Object.hasOwn(value, key) ? setValue(source, entry, value[key]!) : null };
  });
  const added = Object.entries(value)
    .filter(([key]) => !keys.includes(key))
    .map(([key, each]) => ({ key, value: each }));
  // New ones go behind the last one that stays: what stands behind may be taken away.
  return changeEntries(source, map, holder, changes, keys.lastIndexOf(kept.at(-1)!) + 1, added);
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
  const changed = most - head - tail;
  const changes = list.items.map((item, index) => {
    const entry: Entry = {
      collection: list,
      index,
      pair: null,
      value: item as Node | null,
      tokens: items[index]!,
      parent: holder,
    };
    if (index < head || index >= old.length - tail) return { entry, edits: [] };
    return { entry, edits: index < head + changed ? setValue(source, entry, value[index]!) : null };
  });
  const added = value.slice(head + changed, value.length - tail).map((each) => ({ key: null, value: each }));
  return changeEntries(source, list, holder, changes, head + changed, added);
}

/** @param changes the edits inside of each entry, or null where it goes @param index the place of what is added */
function changeEntries(
  source: YamlSource,
  collection: Collection,
  holder: Entry,
  changes: readonly { readonly entry: Entry; readonly edits: readonly TextEdit[] | null }[],
  index: number,
  added: readonly NewEntry[],
): readonly TextEdit[] {
  const removed = changes.filter(({ edits }) => edits === null);
  const gone = removed.map(({ entry }) => entry);
  refuseUsedIn(source, gone);
  if (isFlow(collection) && removed.length > 0 && removed.length + added.length > 1) {
    const kept = changes.map(({ edits }) => edits);
    const written = added.map((entry) => flowOf(entry, source));
    const rewritten = rewriteFlow(source, collection, { kept, index, written });
    if (rewritten !== null) return rewritten;
  }
  return [
    ...changes.flatMap(({ edits }) => edits ?? []),
    ...removeEntries(source, gone),
    ...insertEntries(source, collection, holder, index, added),
  ];
}
