import type { ValuePath } from '../source-map.ts';
import type { YamlEdit } from './yaml-edit.ts';
import type { YamlValue } from './operation.ts';

/**
 * What an edit means for the plain value of a file. `root` is changed in place as far as it can be, so that what an anchor
 * names changes wherever it stands.
 * @param isAlias the place holds an alias: another value there leaves alone what the alias stood for
 */
export function applyToValue(root: unknown, edit: YamlEdit, isAlias = false): unknown {
  if (edit.type === 'set' && edit.path.length === 0) return edit.value;
  if (edit.type === 'insert' && edit.path.length === 0 && root === null) return { [edit.key]: edit.value };
  if (edit.type === 'insert-item' && edit.path.length === 0 && root === null) return [edit.value];
  switch (edit.type) {
    case 'set': {
      const before = at(root, edit.path);
      if (isAlias || !replaceContent(before, edit.value)) put(root, edit.path, copyOf(edit.value));
      break;
    }
    case 'insert': {
      const holder = at(root, edit.path);
      if (isObject(holder)) insertKey(holder, edit.key, copyOf(edit.value), edit.follows ?? edit.after);
      else put(root, edit.path, { [edit.key]: copyOf(edit.value) });
      break;
    }
    case 'insert-item': {
      const holder = at(root, edit.path);
      if (!Array.isArray(holder)) put(root, edit.path, [copyOf(edit.value)]);
      else holder.splice(edit.index < 0 ? holder.length : edit.index, 0, copyOf(edit.value));
      break;
    }
    case 'remove': {
      const holder = at(root, edit.path.slice(0, -1));
      const last = edit.path.at(-1)!;
      if (Array.isArray(holder)) holder.splice(Number(last), 1);
      else if (isObject(holder)) Reflect.deleteProperty(holder, last);
      break;
    }
    case 'rewrite': {
      const before = at(root, edit.path);
      if (typeof before === 'string') put(root, edit.path, edit.rewrite(before, "'"));
      break;
    }
    case 'rename': {
      const holder = at(root, edit.path.slice(0, -1));
      if (isObject(holder))
        reorder(holder, Object.entries(holder), (key) => (key === edit.path.at(-1) ? edit.to : key));
      break;
    }
    case 'move': {
      const holder = at(root, edit.path);
      if (Array.isArray(holder))
        (holder as unknown[]).splice(edit.to, 0, ...(holder as unknown[]).splice(edit.from, 1));
      else if (isObject(holder)) {
        const entries = Object.entries(holder);
        entries.splice(edit.to, 0, ...entries.splice(edit.from, 1));
        reorder(holder, entries, (key) => key);
      }
      break;
    }
  }
  return root;
}

type Holder = Record<string, unknown>;
const isObject = (value: unknown): value is Holder => typeof value === 'object' && value !== null;

/** What an edit puts in belongs to the result: another edit may change it there. */
function copyOf(value: YamlValue): unknown {
  if (Array.isArray(value)) return (value as readonly YamlValue[]).map(copyOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, copyOf(each)]));
}

/** Changes a mapping or a list into another one as the text does: what an anchor names stays one. */
function replaceContent(before: unknown, value: YamlValue): boolean {
  if (Array.isArray(before) && Array.isArray(value)) {
    before.splice(0, before.length, ...(value as readonly YamlValue[]).map(copyOf));
    return true;
  }
  if (!isObject(before) || !isObject(value) || Array.isArray(before) || Array.isArray(value)) return false;
  const entries = Object.entries(value as Readonly<Record<string, YamlValue>>).map(([key, each]) => {
    const old = before[key];
    return [key, replaceContent(old, each) ? old : copyOf(each)] as const;
  });
  reorder(before, entries, (key) => key);
  return true;
}

function at(root: unknown, path: ValuePath): unknown {
  return path.reduce<unknown>((value, step) => (isObject(value) ? value[step] : undefined), root);
}

function put(root: unknown, path: ValuePath, value: unknown): void {
  const holder = at(root, path.slice(0, -1));
  if (isObject(holder))
    Object.defineProperty(holder, path.at(-1)!, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
}

function insertKey(holder: Holder, key: string, value: unknown, after: string | null | undefined): void {
  const entries = Object.entries(holder);
  const index =
    after === null
      ? 0
      : after === undefined
        ? entries.length
        : entries.findIndex(([name]) => name === after) + 1;
  entries.splice(index, 0, [key, value]);
  reorder(holder, entries, (name) => name);
}

function reorder(
  holder: Holder,
  entries: readonly (readonly [string, unknown])[],
  nameOf: (key: string) => string,
): void {
  for (const key of Object.keys(holder)) Reflect.deleteProperty(holder, key);
  for (const [key, value] of entries) {
    Object.defineProperty(holder, nameOf(key), {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  }
}
