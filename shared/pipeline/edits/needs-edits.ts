import { valueAt } from '../source-map.ts';
import { fieldEdits } from './field-edits.ts';
import { needsOf, stagePath, stagesOf } from './stage-paths.ts';
import type { YamlEdit } from './yaml-edit.ts';
import { EditRefused } from './yaml-source.ts';

/** Gives a stage other needs, in the form in which it has them: one name alone, or a list. */
export function setNeeds(
  root: unknown,
  scope: string | null,
  id: string,
  needs: readonly string[],
): readonly YamlEdit[] {
  const path = [...stagePath(scope, id), 'needs'];
  const before = needsOf(stagesOf(root, scope), id);
  if (before.length === needs.length && before.every((need, index) => need === needs[index])) return [];
  if (needs.length === 0) return fieldEdits(root, path, undefined);
  const isOne = typeof valueAt(root, path) === 'string' && needs.length === 1;
  return fieldEdits(root, path, isOne ? needs[0]! : needs);
}

/** @throws EditRefused when there is no such stage */
export function requireStage(root: unknown, scope: string | null, id: string): void {
  if (!Object.hasOwn(stagesOf(root, scope), id)) throw new EditRefused(`There is no stage ${id}.`);
}

/** Takes a stage out of the needs of all others; each gets the ones in `instead` in its place. */
export function replaceNeeds(
  root: unknown,
  scope: string | null,
  change: (need: string) => readonly string[],
  except: ReadonlySet<string>,
): readonly YamlEdit[] {
  const stages = stagesOf(root, scope);
  return Object.keys(stages).flatMap((id) => {
    if (except.has(id)) return [];
    const needs = needsOf(stages, id);
    const changed = [...new Set(needs.flatMap(change))].filter((need) => need !== id);
    return setNeeds(root, scope, id, changed);
  });
}
