import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generatedOperation, generatedPipeline } from '#test/support/yaml/generated-pipeline.ts';
import { modelOf } from '#test/support/yaml/operation-model.ts';
import { parsePipeline } from '../parse.ts';
import { valueAt } from '../source-map.ts';
import { applyOperations } from './apply-operations.ts';
import { invertOperation } from './invert-operation.ts';
import type { Operation, YamlValue } from './operation.ts';
import { applyTextEdits, invertTextEdits } from './text-edit.ts';
import { readYamlSource, valueOf } from './yaml-source.ts';

type Mapping = Readonly<Record<string, YamlValue>>;

const read = (text: string): Mapping => valueOf(readYamlSource(text)) as Mapping;

const errorsOf = (text: string): readonly string[] =>
  parsePipeline(text, 'p.yml', { kinds: [] })
    .issues.filter(({ severity }) => severity === 'error')
    .map(({ code, message }) => `${code}: ${message}`);

/** What a person asks for that makes no sense. */
const IS_RIGHT_REFUSAL =
  /^There is no stage|^There is a (stage|template|pipeline)|already\.$|circle\.$|cannot need itself|nothing in common|other side|^There is a stages\./;

/** These leave a stage that reads another's result without the need of it. */
const MAY_BREAK: readonly Operation['type'][] = [
  'delete-stages',
  'disconnect',
  'insert-between',
  'paste-stages',
  'extract-pipeline',
];

/** The inverse of these brings back each byte of any of the generated files. */
const IS_EXACT: readonly Operation['type'][] = [
  'rename-stage',
  'connect',
  'move-stage',
  'move-stages',
  'add-stage',
  'duplicate-stages',
  'paste-stages',
  'insert-between',
];

describe('operations on pipelines, one after another', () => {
  it(
    'mean what they say, leave a valid file, and can be taken back in every way',
    { timeout: 60_000 },
    () => {
      const done = new Map<string, number>();
      const check = (text: string, operation: Operation): string => {
        // A field of a stage that is not there would make a stage that does nothing.
        if (operation.type === 'set-field' && valueAt(read(text), operation.path.slice(0, -1)) === undefined)
          return text;
        const result = applyOperations(text, [operation]);
        if (!result.ok) {
          expect(result.reason, JSON.stringify(operation)).toMatch(IS_RIGHT_REFUSAL);
          return text;
        }
        done.set(operation.type, (done.get(operation.type) ?? 0) + 1);
        const before = read(text);
        const after = read(result.text);
        const model = modelOf(before, operation);
        if (model !== null) {
          expect(after).toEqual(model);
          expect(Object.keys(after['stages'] as Mapping)).toEqual(Object.keys(model['stages'] as Mapping));
        }
        if (!MAY_BREAK.includes(operation.type) && errorsOf(text).length === 0) {
          expect(errorsOf(result.text), result.text).toEqual([]);
        }
        expect(applyTextEdits(result.text, invertTextEdits(text, result.edits))).toBe(text);
        const inverse = applyOperations(result.text, invertOperation(text, operation));
        if (!inverse.ok)
          throw new Error(`${inverse.reason} ${JSON.stringify(invertOperation(text, operation))}`);
        expect(read(inverse.text)).toEqual(before);
        if (IS_EXACT.includes(operation.type)) expect(inverse.text).toBe(text);
        return result.text;
      };
      fc.assert(
        fc.property(
          generatedPipeline,
          fc.array(generatedOperation, { minLength: 1, maxLength: 8 }),
          (text, operations) => {
            expect(errorsOf(text)).toEqual([]);
            operations.reduce(check, text);
          },
        ),
        { numRuns: 200 },
      );
      expect([...done.keys()].length).toBeGreaterThan(12);
    },
  );

  it('come to the same when they are made at once, with edits of the first text', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(
        generatedPipeline,
        fc.array(generatedOperation, { minLength: 2, maxLength: 5 }),
        (text, operations) => {
          const each = operations.filter((operation) => applyOperations(text, [operation]).ok);
          const together = applyOperations(text, each);
          const stepwise = each.reduce<string | null>((current, operation) => {
            const result = current === null ? null : applyOperations(current, [operation]);
            return result?.ok === true ? result.text : null;
          }, text);
          expect(together.ok ? together.text : null).toBe(stepwise);
          if (together.ok) expect(applyTextEdits(text, together.edits)).toBe(stepwise);
        },
      ),
      { numRuns: 100 },
    );
  });
});
