import type { Operation, YamlValue } from '#shared/pipeline/edits/operation.ts';
import type { RawMapping } from '#shared/pipeline/raw-stages.ts';
import { mappingOf } from '#shared/pipeline/raw-stages.ts';
import { BODY_KEYS } from '#shared/pipeline/schema-stage.ts';
import type { ValuePath } from '#shared/pipeline/source-map.ts';

/** The keys of a stage that say what it does: one, unless something is wrong. */
export const bodyKeysOf = (stage: RawMapping): readonly string[] =>
  BODY_KEYS.filter((key) => stage[key] !== undefined);

/** `run`, `steps`, `approval`, `pipeline`, the id of a kind, or `none`. */
export function kindOf(stage: RawMapping): string {
  const [key = 'none'] = bodyKeysOf(stage);
  return key === 'uses' ? String(stage['uses']) : key;
}

/**
 * Gives a stage something else to do. What it did stands where the new thing stands then, and settings that the new kind
 * also has are kept.
 * @param path of the stage
 * @param body the new one: one of the body keys with its value, and perhaps `with`
 * @param known the names of the new kind's settings
 */
export function changeBody(
  path: ValuePath,
  stage: RawMapping,
  body: Readonly<Record<string, YamlValue>>,
  known: readonly string[],
): readonly Operation[] {
  const next = BODY_KEYS.find((key) => body[key] !== undefined);
  if (next === undefined) return [];
  const [first, ...others] = bodyKeysOf(stage);
  const operations: Operation[] = [];
  const set = (key: string, value: YamlValue | undefined): void => {
    if (JSON.stringify(stage[key]) !== JSON.stringify(value))
      operations.push({ type: 'set-field', path: [...path, key], value });
  };
  const isThere = stage[next] !== undefined;
  if (first !== undefined && !isThere)
    operations.push({ type: 'rename-key', path: [...path, first], to: next });
  for (const other of isThere ? [first, ...others] : others) {
    if (other !== undefined && other !== next) set(other, undefined);
  }
  set(next, body[next]);
  const settings = { ...mappingOf(body['with']), ...keptSettings(stage, known) };
  set('with', Object.keys(settings).length === 0 ? undefined : (settings as YamlValue));
  return operations;
}

const keptSettings = (stage: RawMapping, known: readonly string[]): RawMapping =>
  Object.fromEntries(Object.entries(mappingOf(stage['with'])).filter(([name]) => known.includes(name)));

const BODY_WORDS: Readonly<Record<string, string>> = {
  run: 'Its script',
  steps: 'Its steps',
  approval: 'What it asks',
  pipeline: 'The call of its pipeline',
};

/** What another kind takes the place of, in one sentence; null while there is nothing to lose. */
export function lostWords(stage: RawMapping): string | null {
  const [key] = bodyKeysOf(stage);
  if (key === undefined) return null;
  const count = Object.keys(mappingOf(stage['with'])).length;
  if (key === 'uses' && count === 0) return null;
  const lost = key === 'uses' ? 'Settings that the other kind does not have' : BODY_WORDS[key];
  const verb = key === 'uses' || key === 'steps' ? 'go' : 'goes';
  return `${lost} ${verb}; undo brings ${verb === 'go' ? 'them' : 'it'} back.`;
}
