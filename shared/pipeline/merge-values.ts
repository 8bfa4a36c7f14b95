import { mappingOf } from './raw-stages.ts';
import type { RawMapping } from './raw-stages.ts';
import type { SourceMap } from './source-map.ts';

const isMapping = (value: unknown): value is RawMapping => mappingOf(value) === value;

/**
 * Puts what a value says itself over what it inherits: mappings are joined key by key, all else is replaced, and a key
 * that is empty takes an inherited one out. Neither value is changed; `source` learns the places of the new mappings.
 */
export function mergeValues(own: unknown, inherited: unknown, source: SourceMap): unknown {
  if (!isMapping(own) || !isMapping(inherited)) return own;
  const keys = [...new Set([...Object.keys(inherited), ...Object.keys(own)])];
  const merged = Object.fromEntries(
    keys.flatMap((key) => {
      if (!Object.hasOwn(own, key)) return [[key, inherited[key]]];
      if (!Object.hasOwn(inherited, key)) return [[key, own[key]]];
      return own[key] === null ? [] : [[key, mergeValues(own[key], inherited[key], source)]];
    }),
  );
  source.merge(merged, own, inherited);
  return merged;
}
