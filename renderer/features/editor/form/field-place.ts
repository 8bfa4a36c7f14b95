import type { Operation, YamlValue } from '#shared/pipeline/edits/operation.ts';
import { itemPath, listOf } from '#shared/pipeline/raw-stages.ts';
import type { ValuePath } from '#shared/pipeline/source-map.ts';
import type { ShapeOf } from './schema/field-shape.ts';

/** Where a value of the file stands, what is written there, and what writes another. */
export interface FieldPlace {
  /** Of the nearest value that is written, where this one is the short form of what is around it. */
  readonly path: ValuePath;
  /** As it is written; undefined when nothing is. */
  readonly value: unknown;
  /** The one edit that sets it; `undefined` takes the value away, with what it leaves empty. */
  write(value: YamlValue | undefined): Operation;
}

export const placeAt = (path: ValuePath, value: unknown): FieldPlace => ({
  path,
  value,
  write: (next) => ({ type: 'set-field', path, value: next }),
});

export const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type ObjectForms = Pick<ShapeOf<'object'>, 'short' | 'flag'>;

/**
 * A key of an object. Where a short form is written (`retry: 2`, `container: node:24`), its key is read from it and set
 * in it; another key makes the object out of it.
 */
export function keyPlace(place: FieldPlace, { short, flag }: ObjectForms, key: string): FieldPlace {
  const { path, value } = place;
  if (isMapping(value)) return placeAt([...path, key], value[key]);
  const isEmpty = value === undefined || value === null || typeof value === 'boolean';
  if (key === short && (isEmpty || !flag)) {
    return { path, value: isEmpty ? undefined : value, write: (next) => place.write(next) };
  }
  if (isEmpty || short === null) {
    const kept = flag && typeof value === 'boolean' ? value : undefined;
    return {
      path: [...path, key],
      value: undefined,
      write: (next) =>
        value === undefined || value === null
          ? { type: 'set-field', path: [...path, key], value: next }
          : place.write(next === undefined ? kept : { [key]: next }),
    };
  }
  return {
    path: [...path, key],
    value: undefined,
    write: (next) =>
      place.write(next === undefined ? (value as YamlValue) : { [short]: value as YamlValue, [key]: next }),
  };
}

/** An entry of a mapping of names. */
export const entryPlace = ({ path, value }: FieldPlace, name: string): FieldPlace =>
  placeAt([...path, name], isMapping(value) ? value[name] : undefined);

/** The items of a list, or the one that stands for a list of it. */
export const itemPlaces = ({ path, value }: FieldPlace): readonly FieldPlace[] =>
  listOf(value).map((item, index) => placeAt(itemPath(path, value, index), item));

/** Puts an item at the end of a list, which is made where there is none. */
export const addItem = ({ path, value }: FieldPlace, item: YamlValue): Operation =>
  value === undefined || value === null
    ? { type: 'set-field', path, value: [item] }
    : { type: 'insert-item', path, index: -1, value: item };

/**
 * The list of texts as it is to be written: one of them alone stays alone where it was, and may become so when it is the
 * first.
 */
export function writeTexts(
  place: FieldPlace,
  texts: readonly YamlValue[],
  canStandAlone: boolean,
): Operation {
  const [only] = texts;
  if (only === undefined) return place.write(undefined);
  const wasList = Array.isArray(place.value);
  return place.write(texts.length === 1 && canStandAlone && !wasList ? only : texts);
}
