import type { EditorStage } from './analysis.ts';

const remembered = new WeakMap<readonly EditorStage[], Map<string | null, ReadonlySet<string>>>();

/**
 * The ids of the stages of a scope, in their order. The same set for the same list: selectors may ask with each key that
 * is pressed.
 */
export function stageIdsOf(stages: readonly EditorStage[], scope: string | null): ReadonlySet<string> {
  const scopes = remembered.get(stages) ?? new Map<string | null, ReadonlySet<string>>();
  remembered.set(stages, scopes);
  const known = scopes.get(scope);
  if (known !== undefined) return known;
  const ids = new Set(stages.filter((stage) => stage.scope === scope).map(({ id }) => id));
  scopes.set(scope, ids);
  return ids;
}
