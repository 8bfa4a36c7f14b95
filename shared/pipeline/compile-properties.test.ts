import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { compilePlan } from './compile-plan.ts';
import { expandLegs } from './expand-legs.ts';
import { parsePipeline } from './parse.ts';
import type { Plan } from './plan.ts';

const id = fc.constantFrom('a', 'b', 'c', 'd');
const file = fc.constantFrom('x.yml', 'y.yml', 'main.yml', 'none.yml');
const value = fc.constantFrom<unknown>(
  1,
  '1',
  'x',
  '${{ inputs.a }}',
  '${{ needs.b.outputs.n }}',
  { k: [1] },
  null,
);
const list = fc.oneof(
  fc.array(value, { maxLength: 3 }),
  fc.constantFrom<unknown>('${{ fromJSON(needs.a.outputs.n) }}', "${{ fromJSON('[1,2]') }}"),
);
const text = fc.constantFrom(
  'echo',
  '${{ inputs.a }} ${{ toJSON(inputs) }}',
  "${{ needs.a.outputs.x }}${{ needs['b'].result }}",
  '${{ matrix.a }}',
  '${{ vars.v }} {0}',
);
const condition = fc.constantFrom(
  'always()',
  "inputs.a == 'x'",
  'failure() || needs.a.result',
  '${{ true }}',
);
const stage = fc.record(
  {
    run: text,
    needs: fc.uniqueArray(id, { maxLength: 2 }),
    if: condition,
    extends: fc.uniqueArray(id, { maxLength: 2 }),
    matrix: fc.record(
      { a: list, b: list, include: fc.array(fc.dictionary(id, value, { maxKeys: 2 }), { maxLength: 2 }) },
      { requiredKeys: [] },
    ),
    env: fc.dictionary(id, text, { maxKeys: 2 }),
    artifacts: fc.record({ name: fc.constantFrom('n', 'n-${{ matrix.a }}'), paths: fc.constant('p') }),
    'continue-on-error': fc.boolean(),
  },
  { requiredKeys: ['run'] },
);
const call = fc.record(
  {
    pipeline: fc.oneof(id, file),
    needs: fc.uniqueArray(id, { maxLength: 2 }),
    if: condition,
    with: fc.dictionary(id, text, { maxKeys: 2 }),
  },
  { requiredKeys: ['pipeline'] },
);
const stages = fc.dictionary(id, fc.oneof({ weight: 3, arbitrary: stage }, { weight: 1, arbitrary: call }), {
  minKeys: 1,
  maxKeys: 4,
});
const inputs = fc.dictionary(id, fc.constant({ default: 'x' }), { maxKeys: 3 });
const part = fc.record(
  { stages, inputs, outputs: fc.dictionary(id, text, { maxKeys: 1 }) },
  { requiredKeys: ['stages'] },
);
const pipeline = fc.record(
  {
    stages,
    inputs,
    vars: fc.constant({ v: 'V' }),
    include: fc.uniqueArray(file, { maxLength: 2 }),
    templates: fc.dictionary(id, stage, { maxKeys: 3 }),
    pipelines: fc.dictionary(id, part, { maxKeys: 2 }),
  },
  { requiredKeys: ['stages'] },
);

function expectSound({ stages: planned }: Plan): void {
  const ids = new Set<string>(planned.map((one) => one.id));
  expect(ids.size).toBe(planned.length);
  for (const one of planned) {
    expect([...one.needs, ...(one.matrix?.legs ?? [])].filter((need) => !ids.has(need))).toEqual([]);
    expect(one.leg === null || ids.has(one.leg.of)).toBe(true);
    if (one.matrix?.legs !== null || one.matrix.template === null) continue;
    const contexts = {
      inputs: {},
      needs: Object.fromEntries(one.needs.map((need) => [need, { outputs: { n: '[1, 2]' } }])),
    };
    try {
      expandLegs(one, contexts);
    } catch (error) {
      expect((error as Error).name).toMatch(/ExpressionFailure|MatrixProblem/);
    }
  }
}

it('makes sound plans of whatever files are put together, or says what is wrong', () => {
  let plans = 0;
  fc.assert(
    fc.property(
      pipeline,
      pipeline,
      fc.record({ templates: fc.dictionary(id, stage, { maxKeys: 2 }), inputs }),
      (main, x, y) => {
        const files: Readonly<Record<string, string>> = {
          'main.yml': stringify(main),
          'x.yml': stringify(x),
          'y.yml': stringify(y),
        };
        const read = (path: string) => files[path] ?? null;
        const parsed = parsePipeline(files['main.yml']!, 'main.yml', { kinds: [], readInclude: read });
        for (const { line, message } of parsed.issues) {
          expect(line).not.toBeNull();
          expect(message).not.toMatch(/undefined|\[object/);
        }
        if (parsed.pipeline === null) return;
        const { plan } = compilePlan(parsed.pipeline, { inputs: {} });
        if (plan !== null) expectSound(plan);
        if (plan !== null) plans += 1;
        const chosen = compilePlan(parsed.pipeline, { inputs: {}, stages: [plan?.stages[0]?.id ?? 'a'] });
        if (chosen.plan !== null) expectSound(chosen.plan);
      },
    ),
    { numRuns: 300 },
  );
  expect(plans).toBeGreaterThan(3);
});
