import type { LaidOutStage } from './elk-graph.ts';
import type { Point } from './layout-graph.ts';

/**
 * Stages of one column that need the same and are needed by the same could stand in any order: says whose place each
 * takes, so that they stand in the order of the file (the legs of a matrix above all). Their lines go with the place.
 */
export function orderTwins(
  stages: readonly LaidOutStage[],
  places: ReadonlyMap<string, Point>,
): ReadonlyMap<string, string> {
  const dependents = new Map<string, string[]>();
  for (const { id, needs } of stages) {
    for (const need of new Set(needs)) dependents.set(need, [...(dependents.get(need) ?? []), id]);
  }
  const groups = new Map<string, string[]>();
  for (const { id, needs } of stages) {
    const place = places.get(id);
    if (place === undefined) continue;
    const key = JSON.stringify([place.x, [...new Set(needs)].sort(), (dependents.get(id) ?? []).sort()]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [id]);
    else group.push(id);
  }
  const taken = new Map<string, string>();
  for (const ids of groups.values()) {
    const fromTop = [...ids].sort((a, b) => places.get(a)!.y - places.get(b)!.y);
    ids.forEach((id, index) => taken.set(id, fromTop[index]!));
  }
  return taken;
}
