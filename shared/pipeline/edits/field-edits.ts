import type { ValuePath } from '../source-map.ts';
import { valueAt } from '../source-map.ts';
import { placeOfKey } from './field-order.ts';
import type { YamlValue } from './operation.ts';
import type { YamlEdit } from './yaml-edit.ts';

/** Paths that stay when they get empty: a stage without keys is still a stage, a trigger without filters one of all. */
const isKept = (path: ValuePath): boolean =>
  path.length === 2 || path.at(-1) === 'stages' || path.at(-2) === 'stages' || path.at(-2) === 'with';

/** Sets a value, making what is on the way to it; `undefined` takes it away, with what is empty then. */
export function fieldEdits(
  root: unknown,
  path: ValuePath,
  value: YamlValue | undefined,
): readonly YamlEdit[] {
  if (value === undefined) return removal(root, path);
  const depth = path.findIndex((_, index) => valueAt(root, path.slice(0, index + 1)) === undefined);
  if (depth < 0) return [{ type: 'set', path, value }];
  const holder = path.slice(0, depth);
  const key = path[depth]!;
  const inner = path.slice(depth + 1).reduceRight<YamlValue>((below, step) => wrap(step, below), value);
  const present = valueAt(root, holder);
  if (typeof key === 'number') return [{ type: 'insert-item', path: holder, index: -1, value: inner }];
  const isMapping = typeof present === 'object' && present !== null;
  if (!isMapping && present !== null && present !== undefined) {
    return [{ type: 'set', path: holder, value: { [key]: inner } }];
  }
  const after = isMapping ? placeOfKey(holder, key, Object.keys(present)) : undefined;
  const place = after === undefined ? {} : { after };
  // A blank line sets the stages off from what the file says before them.
  const apart = holder.length === 0 && key === 'stages' ? ({ apart: 'always' } as const) : {};
  return [{ type: 'insert', path: holder, key, value: inner, ...place, ...apart }];
}

const wrap = (step: string | number, value: YamlValue): YamlValue =>
  typeof step === 'number' ? [value] : { [step]: value };

function removal(root: unknown, path: ValuePath): readonly YamlEdit[] {
  if (valueAt(root, path) === undefined) return [];
  return [{ type: 'remove', path: removedPath(root, path) }];
}

/** What goes when a value is taken away: the outermost of what would be empty then. */
export function removedPath(root: unknown, path: ValuePath): ValuePath {
  const holder = path.slice(0, -1);
  const present = valueAt(root, holder);
  const isLast = typeof present === 'object' && present !== null && Object.keys(present).length === 1;
  return isLast && holder.length > 0 && !isKept(holder) ? removedPath(root, holder) : path;
}
