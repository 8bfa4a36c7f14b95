import type { ValuePath } from '../source-map.ts';
import { valueAt } from '../source-map.ts';
import { listOf, mappingOf, type RawMapping } from '../raw-stages.ts';

/** Where the stages of a scope stand: those of the file (null), or of one of its pipelines. */
export const stagesPath = (scope: string | null): ValuePath =>
  scope === null ? ['stages'] : ['pipelines', scope, 'stages'];

export const stagePath = (scope: string | null, id: string): ValuePath => [...stagesPath(scope), id];

export const stagesOf = (root: unknown, scope: string | null): RawMapping =>
  mappingOf(valueAt(root, stagesPath(scope)));

/** The ids that a stage names in `needs`, as it names them. */
export function needsOf(stages: RawMapping, id: string): readonly string[] {
  return listOf(mappingOf(stages[id])['needs']).filter((need) => typeof need === 'string');
}

/** An id that is free: `name`, else `name-2` and so on. */
export function freeId(taken: ReadonlySet<string>, name: string): string {
  if (!taken.has(name)) return name;
  const base = name.replace(/-\d+$/, '');
  let number = 2;
  while (taken.has(`${base}-${number}`)) number += 1;
  return `${base}-${number}`;
}
