import type { Operation, YamlValue } from '#shared/pipeline/edits/operation.ts';
import { type FieldPlace, isMapping } from './field-place.ts';

/** What a trigger says at first that means nothing without settings. */
const INITIAL: Readonly<Record<string, YamlValue>> = {
  schedule: { cron: '0 3 * * 1-5' },
  watch: ['src/**'],
};

/** The triggers that an `on` names, in its order. */
export function triggersOf(on: unknown): readonly string[] {
  if (typeof on === 'string') return [on];
  if (Array.isArray(on)) return on.filter((name): name is string => typeof name === 'string');
  return Object.keys(isMapping(on) ? on : {});
}

/** Whether triggers have settings there: in `push` and `[push, watch]` they do not. */
export const hasSettings = (on: unknown): boolean => isMapping(on);

/** One more trigger, in the form that the others have, as long as that can say it. */
export function addTrigger(on: FieldPlace, name: string): Operation {
  const { path, value } = on;
  const initial = INITIAL[name];
  const present = triggersOf(value);
  if (isMapping(value)) return { type: 'set-field', path: [...path, name], value: initial ?? {} };
  if (initial !== undefined) return on.write({ ...withSettings(present), [name]: initial });
  if (Array.isArray(value)) return { type: 'insert-item', path, index: -1, value: name };
  return on.write(present.length === 0 ? name : [...present, name]);
}

/** Without one of its triggers; without any, `on` goes. */
export function removeTrigger(on: FieldPlace, name: string): Operation {
  const { path, value } = on;
  const left = triggersOf(value).filter((other) => other !== name);
  if (left.length === 0) return on.write(undefined);
  return isMapping(value) ? { type: 'set-field', path: [...path, name], value: undefined } : on.write(left);
}

/** The form in which each trigger can have settings. */
export const openTriggers = (on: FieldPlace): Operation => on.write(withSettings(triggersOf(on.value)));

const withSettings = (names: readonly string[]): Readonly<Record<string, YamlValue>> =>
  Object.fromEntries(names.map((name) => [name, INITIAL[name] ?? {}]));
