import { sameValue } from '../edits/same-value.ts';
import type { ValuePath } from '../source-map.ts';

/** A value that is not the same in both files; undefined where a file has none. */
export interface FieldChange {
  readonly path: ValuePath;
  readonly before: unknown;
  readonly after: unknown;
}

/** The smallest parts in which two plain values differ. Lists of the same length are compared item by item. */
export function diffValues(before: unknown, after: unknown, path: ValuePath = []): readonly FieldChange[] {
  if (sameValue(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((item, index) => diffValues(item, after[index] as unknown, [...path, index]));
  }
  if (!isMapping(before) || !isMapping(after)) return [{ path, before, after }];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => diffValues(before[key], after[key], [...path, key]));
}

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
