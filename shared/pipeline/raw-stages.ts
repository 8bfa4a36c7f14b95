import type { ValuePath } from './source-map.ts';

/** A mapping as it was read, before anything is known about its keys. */
export type RawMapping = Readonly<Record<string, unknown>>;

/** A mapping, or an empty one in place of anything else: what is wrong with it is the schema's to say. */
export function mappingOf(value: unknown): RawMapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as RawMapping) : {};
}

/** A list, or a list of the one value that may stand for it. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === null || value === undefined) return [];
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

/** The path of an item of `listOf(value)`: the value itself where it is no list. */
export const itemPath = (path: ValuePath, value: unknown, index: number): ValuePath =>
  Array.isArray(value) ? [...path, index] : path;

/** Stages that stand together, of the file itself or of one of its reusable pipelines. */
export interface StageSet {
  readonly path: ValuePath;
  readonly value: unknown;
  readonly stages: RawMapping;
}

/** Every set of stages in a file, the file's own first. */
export function stageSetsOf(root: unknown): readonly StageSet[] {
  const file = mappingOf(root);
  const sets: StageSet[] = [];
  if (Object.hasOwn(file, 'stages')) {
    sets.push({ path: ['stages'], value: file['stages'], stages: mappingOf(file['stages']) });
  }
  for (const [id, pipeline] of Object.entries(mappingOf(file['pipelines']))) {
    const value = mappingOf(pipeline)['stages'];
    if (value !== undefined)
      sets.push({ path: ['pipelines', id, 'stages'], value, stages: mappingOf(value) });
  }
  return sets;
}
