import type { CatalogKind } from '#shared/api/procedures/kind.ts';
import { mappingOf, type RawMapping } from '#shared/pipeline/raw-stages.ts';
import { valueAt, type ValuePath } from '#shared/pipeline/source-map.ts';
import { surroundingsOf, type ExpressionNames, type ExpressionSurroundings } from '../../expression-names.ts';
import type { Surroundings } from './options.ts';

/** What an expression at a path may read and call, with what the kinds of the needed stages hand on. */
export function namesAt(path: ValuePath, { root, kinds }: Surroundings): ExpressionSurroundings {
  const found = surroundingsOf(root, path);
  const needs = found.names['needs'];
  if (needs?.below === undefined) return found;
  const part = path[0] === 'pipelines' && path.length > 2 ? valueAt(root, path.slice(0, 2)) : root;
  const stages = mappingOf(mappingOf(part)['stages']);
  const below = Object.entries(needs.below).map(([id, entry]) => {
    const kind = kindOf(mappingOf(stages[id]), kinds);
    return [id, kind === undefined ? entry : withOutputs(entry, kind)] as const;
  });
  return { ...found, names: { ...found.names, needs: { ...needs, below: Object.fromEntries(below) } } };
}

const kindOf = ({ uses }: RawMapping, kinds: readonly CatalogKind[]): CatalogKind | undefined =>
  kinds.find(({ id }) => id === uses);

function withOutputs(entry: ExpressionNames[string], { outputs }: CatalogKind): ExpressionNames[string] {
  const own = entry.below?.['outputs'];
  const handed = outputs.map(({ name, description }) => [name, { detail: description }] as const);
  const below = { ...Object.fromEntries(handed), ...own?.below };
  return { ...entry, below: { ...entry.below, outputs: { detail: own?.detail ?? '', below } } };
}
