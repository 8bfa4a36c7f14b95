import { expect, it } from 'vitest';
import { applyOperation } from '#shared/pipeline/edits/apply-operation.ts';
import type { Operation } from '#shared/pipeline/edits/operation.ts';
import { parse } from 'yaml';
import { type FieldPlace, placeAt } from './field-place.ts';
import { addTrigger, openTriggers, removeTrigger, triggersOf } from './triggers.ts';

/** The text of an `on` after an operation on it. */
function after(text: string, operation: (on: FieldPlace) => Operation): string {
  const { on } = parse(text) as { readonly on?: unknown };
  const result = applyOperation(text, operation(placeAt(['on'], on)));
  return result.ok ? result.text : result.reason;
}
const STAGES = 'stages:\n  a: { run: a }\n';
const add = (name: string) => (on: FieldPlace) => addTrigger(on, name);
const remove = (name: string) => (on: FieldPlace) => removeTrigger(on, name);

it('reads the triggers of every form of `on`', () => {
  expect(triggersOf(undefined)).toEqual([]);
  expect(triggersOf('push')).toEqual(['push']);
  expect(triggersOf(['push', 'pre-commit'])).toEqual(['push', 'pre-commit']);
  expect(triggersOf({ push: null, watch: ['src/**'] })).toEqual(['push', 'watch']);
});

it('adds a trigger in the shortest form that can say it', () => {
  expect(after(STAGES, add('push'))).toBe(`on: push\n${STAGES}`);
  expect(after(`on: push\n${STAGES}`, add('pre-commit'))).toBe(`on: [push, pre-commit]\n${STAGES}`);
  expect(after(`on: [push, pre-commit]\n${STAGES}`, add('pre-push'))).toBe(
    `on: [push, pre-commit, pre-push]\n${STAGES}`,
  );
  expect(after(`on:\n  push: # ours\n    branches: [main]\n${STAGES}`, add('webhook'))).toBe(
    `on:\n  push: # ours\n    branches: [main]\n  webhook: {}\n${STAGES}`,
  );
});

it('adds a trigger that needs settings with some, and keeps the others', () => {
  expect(after(STAGES, add('schedule'))).toBe(`on:\n  schedule:\n    cron: 0 3 * * 1-5\n${STAGES}`);
  expect(after(`on: push\n${STAGES}`, add('watch'))).toBe(`on:\n  push: {}\n  watch: [src/**]\n${STAGES}`);
});

it('removes a trigger, and `on` with the last one', () => {
  expect(after(`on: [push, pre-commit]\n${STAGES}`, remove('push'))).toBe(`on: [pre-commit]\n${STAGES}`);
  expect(after(`on: { push: {}, watch: [a] }\n${STAGES}`, remove('push'))).toBe(
    `on: { watch: [a] }\n${STAGES}`,
  );
  for (const on of ['push', '[push]', '{ push: { branches: [main] } }'])
    expect(after(`on: ${on}\n${STAGES}`, remove('push'))).toBe(STAGES);
});

it('opens the short forms for settings', () => {
  expect(after(`on: push\n${STAGES}`, openTriggers)).toBe(`on:\n  push: {}\n${STAGES}`);
  expect(after(`on: [push, pre-commit]\n${STAGES}`, openTriggers)).toBe(
    `on:\n  push: {}\n  pre-commit: {}\n${STAGES}`,
  );
});
