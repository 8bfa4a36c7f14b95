import { isDeepStrictEqual } from 'node:util';
import { isMap, isSeq } from 'yaml';
import type { YamlValue } from '#shared/pipeline/edits/operation.ts';
import { applyTextEdits, invertTextEdits } from '#shared/pipeline/edits/text-edit.ts';
import { editSource, type EditedSource } from '#shared/pipeline/edits/checked-edit.ts';
import type { YamlEdit } from '#shared/pipeline/edits/yaml-edit.ts';
import { EditRefused, readYamlSource, valueOf, type YamlSource } from '#shared/pipeline/edits/yaml-source.ts';
import type { ValuePath } from '#shared/pipeline/source-map.ts';
import { commentOwners, type OwnedComment } from './comment-owners.ts';
import { expectedValue } from './expected-value.ts';
import { entriesOf, type FoundEntry } from './entries-of.ts';

/** A file that edits are tried on. */
export interface TriedFile {
  readonly source: YamlSource;
  readonly entries: readonly FoundEntry[];
  readonly comments: readonly OwnedComment[];
}

/** @throws EditRefused when the text is no YAML */
export const readTried = (text: string): TriedFile => triedOf(readYamlSource(text));

function triedOf(source: YamlSource): TriedFile {
  return { source, entries: entriesOf(source), comments: commentOwners(source) };
}

/** How an edit ended: `done`, or the sentence with which it was refused. @throws when it breaks a law */
export function tryEdit(before: TriedFile, edit: YamlEdit): string {
  const result = editOrRefusal(before.source, edit);
  if (typeof result === 'string') {
    if (!/^\S.*\.$/su.test(result)) throw new Error(`no sentence: ${result}`);
    return result;
  }
  const { text } = before.source;
  const after = triedOf(result.source);
  const undone = applyTextEdits(after.source.text, invertTextEdits(text, result.edits));
  if (undone !== text) throw new Error(`undo does not bring the text back: ${JSON.stringify(undone)}`);
  const isShared = /[&*]/.test(text);
  if (!isShared && !isDeepStrictEqual(valueOf(after.source), expectedValue(valueOf(before.source), edit))) {
    throw new Error(`the value is another one in\n${after.source.text}`);
  }
  expectOrder(before, after, edit);
  expectComments(before, after, edit);
  expectOneLine(before, after.source.text, edit);
  if (edit.type === 'rename' && result.edits.length > 1)
    throw new Error('a new name takes more than one edit');
  return 'done';
}

function editOrRefusal(source: YamlSource, edit: YamlEdit): EditedSource | string {
  try {
    return editSource(source, () => [edit]);
  } catch (error) {
    if (error instanceof EditRefused) return error.message;
    throw error;
  }
}

/** One field that stood in one line and still does: no other line changed. */
function expectOneLine({ source, entries }: TriedFile, result: string, edit: YamlEdit): void {
  if (edit.type !== 'set' || (typeof edit.value === 'object' && edit.value !== null)) return;
  if (String(edit.value).includes('\n')) return;
  const name = nameOf('', edit.path);
  const entry = entries.find(({ path }) => nameOf('', path) === name);
  if (entry === undefined || isMap(entry.node) || isSeq(entry.node)) return;
  // `? a` alone gets its `:` in a line of its own.
  if (!entry.inFlow && entry.indicator === entry.start) return;
  if (source.text.slice(entry.start, entry.end).includes('\n')) return;
  const before = source.text.split('\n');
  const after = result.split('\n');
  const changed = before.filter((line, index) => line !== after[index]).length;
  if (before.length !== after.length || changed > 1)
    throw new Error(`more than a line changed in\n${result}`);
}

const isBelow = (path: ValuePath, around: ValuePath): boolean =>
  path.length >= around.length && around.every((step, index) => step === path[index]);

/** Where a path of the file before leads after an edit; null when it is gone. */
function movedPath(path: ValuePath, edit: YamlEdit, keys: readonly (string | number)[]): ValuePath | null {
  const depth =
    edit.type === 'move' || edit.type === 'insert' || edit.type === 'insert-item'
      ? edit.path.length
      : edit.path.length - 1;
  const holder = edit.path.slice(0, depth);
  const step = path[depth];
  if (step === undefined || !isBelow(path, holder)) return path;
  const at = (changed: string | number): ValuePath => [...holder, changed, ...path.slice(depth + 1)];
  if (edit.type === 'remove' && step === edit.path[depth]) return null;
  if (edit.type === 'rename' && step === edit.path[depth]) return at(edit.to);
  if (typeof step !== 'number') return path;
  if (edit.type === 'remove') return step > Number(edit.path[depth]) ? at(step - 1) : path;
  if (edit.type === 'insert-item') return edit.index >= 0 && step >= edit.index ? at(step + 1) : path;
  if (edit.type !== 'move') return path;
  const order = keys.map((_, index) => index);
  order.splice(edit.to, 0, ...order.splice(edit.from, 1));
  return at(order.indexOf(step));
}

function keysOf({ entries }: TriedFile, path: ValuePath): readonly (string | number)[] {
  return entries
    .filter((entry) => entry.path.length === path.length + 1 && isBelow(entry.path, path))
    .map((entry) => entry.path.at(-1)!);
}

function expectOrder(before: TriedFile, after: TriedFile, edit: YamlEdit): void {
  if (edit.type === 'rewrite' || edit.type === 'set') return;
  const isInside = edit.type === 'move' || edit.type === 'insert' || edit.type === 'insert-item';
  const holder = isInside ? edit.path : edit.path.slice(0, -1);
  const keys = [...keysOf(before, holder)];
  const found = keysOf(after, holder);
  if (typeof (keys[0] ?? found[0]) === 'number') return;
  if (edit.type === 'move') keys.splice(edit.to, 0, ...keys.splice(edit.from, 1));
  if (edit.type === 'rename') keys[keys.indexOf(edit.path.at(-1)!)] = edit.to;
  if (edit.type === 'remove') keys.splice(keys.indexOf(edit.path.at(-1)!), 1);
  if (edit.type === 'insert') {
    const index =
      edit.after === undefined ? keys.length : edit.after === null ? 0 : keys.indexOf(edit.after) + 1;
    keys.splice(index, 0, edit.key);
  }
  if (JSON.stringify(keys) !== JSON.stringify(found))
    throw new Error(`keys stand as ${found.join()}, not ${keys.join()}`);
}

function expectComments(before: TriedFile, after: TriedFile, edit: YamlEdit): void {
  const result = after.source.text;
  const isInside = edit.type === 'move' || edit.type === 'insert' || edit.type === 'insert-item';
  const keys = isInside ? keysOf(before, edit.path) : [];
  const left = after.comments.map((comment) => ({ ...comment, name: nameOf(comment.text, comment.owner) }));
  const missing = before.comments.filter(({ text, owner }) => {
    const moved = movedPath(owner, edit, keys);
    if (moved === null) return true;
    const name = nameOf(text, moved);
    const isThis = (comment: (typeof left)[number]): boolean =>
      comment.name === name || (comment.above !== undefined && nameOf(comment.text, comment.above) === name);
    const index = left.findIndex(isThis);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
  for (const { text, owner, isAttached } of missing) {
    if (movedPath(owner, edit, keys) === null) continue;
    const mayGo = edit.type === 'set' && isBelow(owner, edit.path) && isCollection(before, edit.path);
    // A comment that hung on nothing may hang on a neighbour now, and one inside of a new value on that.
    const again = mayGo || !isAttached ? left.findIndex((comment) => comment.text === text) : -1;
    if (again >= 0) left.splice(again, 1);
    else if (!mayGo) {
      throw new Error(`the comment ${text} of ${owner.join('.')} went, or elsewhere, in\n${result}`);
    }
  }
  const [extra] = left;
  if (extra !== undefined)
    throw new Error(`the comment ${extra.text} is ${extra.owner.join('.')}'s now, in\n${result}`);
}

function isCollection({ entries }: TriedFile, path: ValuePath): boolean {
  const entry = entries.find((each) => nameOf('', each.path) === nameOf('', path));
  return isMap(entry?.node) || isSeq(entry?.node);
}

const nameOf = (text: string, path: ValuePath): string => JSON.stringify([text, path]);

const VALUES: readonly YamlValue[] = [
  'changed value',
  'two\nlines\n',
  42,
  null,
  '',
  [],
  {},
  { a: 1, b: ['x', { y: 'z' }] },
  ['one', { two: 2, drei: 'a\nb' }],
  '  odd: #text ',
];

/** Edits of every kind at a place of a file. @param turn which of several values and places are tried */
export function editsAt({ path, node, isItem }: FoundEntry, turn: number): readonly YamlEdit[] {
  const value = VALUES[turn % VALUES.length]!;
  const edits: YamlEdit[] = [
    { type: 'set', path, value },
    { type: 'remove', path },
  ];
  if (!isItem) edits.push({ type: 'rename', path, to: ['renamed-key', 'a b', '42', 'né: x'][turn % 4]! });
  const size = isMap(node) || isSeq(node) ? node.items.length : 0;
  if (isMap(node)) {
    const after = turn % 3 === 0 ? null : undefined;
    edits.push({ type: 'insert', path, key: 'new-key', value, ...(after === undefined ? {} : { after }) });
  }
  if (isSeq(node))
    edits.push({ type: 'insert-item', path, index: turn % 2 === 0 ? -1 : turn % (size + 1), value });
  if (node === null)
    edits.push(
      { type: 'insert', path, key: 'new-key', value },
      { type: 'insert-item', path, index: -1, value },
    );
  if (size > 1) {
    const from = turn % size;
    edits.push({ type: 'move', path, from, to: (from + 1 + (turn % (size - 1))) % size });
  }
  return edits;
}
