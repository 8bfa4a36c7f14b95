import type { ValuePath } from '../source-map.ts';
import type { YamlEdit } from './yaml-edit.ts';
import type { YamlValue } from './operation.ts';

/**
 * What an edit means for the plain value of a file, but for the order of keys. `root` is changed in place as far as it can
 * be, so that what an anchor names changes wherever it stands.
 * @param isAlias the place holds an alias: another value there leaves alone what the alias stood for
 */
export function applyToValue(root: unknown, edit: YamlEdit, isAlias = false): unknown {
  if (edit.type === 'set' && edit.path.length === 0) return copyOf(edit.value);
  if (edit.type === 'insert' && edit.path.length === 0 && root === null)
    return { [edit.key]: copyOf(edit.value) };
  if (edit.type === 'insert-item' && edit.path.length === 0 && root === null) return [copyOf(edit.value)];
  switch (edit.type) {
    case 'set': {
      const before = at(root, edit.path);
      if (isAlias || !replaceContent(before, edit.value)) put(root, edit.path, copyOf(edit.value));
      break;
    }
    case 'insert': {
      const holder = at(root, edit.path);
      if (isObject(holder)) define(holder, edit.key, copyOf(edit.value));
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
      const from = String(edit.path.at(-1));
      if (!isObject(holder) || from === edit.to) break;
      const value = holder[from];
      Reflect.deleteProperty(holder, from);
      define(holder, edit.to, value);
      break;
    }
    case 'move': {
      const holder = at(root, edit.path);
      if (Array.isArray(holder))
        (holder as unknown[]).splice(edit.to, 0, ...(holder as unknown[]).splice(edit.from, 1));
      break;
    }
    case 'reorder': {
      const holder = at(root, edit.path);
      if (Array.isArray(holder)) {
        const before = [...(holder as unknown[])];
        holder.splice(0, before.length, ...edit.order.map((from) => before[from]));
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
  for (const key of Object.keys(before)) {
    if (!Object.hasOwn(value, key)) Reflect.deleteProperty(before, key);
  }
  for (const [key, each] of Object.entries(value as Readonly<Record<string, YamlValue>>)) {
    const isKept = Object.hasOwn(before, key) && replaceContent(before[key], each);
    if (!isKept) define(before, key, copyOf(each));
  }
  return true;
}

function at(root: unknown, path: ValuePath): unknown {
  return path.reduce<unknown>((value, step) => (isObject(value) ? value[step] : undefined), root);
}

function put(root: unknown, path: ValuePath, value: unknown): void {
  const holder = at(root, path.slice(0, -1));
  if (isObject(holder)) define(holder, path.at(-1)!, value);
}

/** Also for `__proto__`. */
function define(holder: Holder, key: string | number, value: unknown): void {
  Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true });
}
