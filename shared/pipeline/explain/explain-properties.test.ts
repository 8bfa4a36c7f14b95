import fc from 'fast-check';
import { expect, it } from 'vitest';
import { generatedPipeline } from '#test/support/yaml/generated-pipeline.ts';
import { applyOperations } from '../edits/apply-operations.ts';
import { parsePipeline } from '../parse.ts';
import { explain } from './explain.ts';
import { RULES } from './rules.ts';

const explained = (text: string) => explain(parsePipeline(text, 'p.yml', { kinds: [] }));

/** Parts that rules look at, in places where they may make no sense. */
const part = fc.constantFrom(
  ...['needs: [constructor]', 'secrets: { A: 1 }', 'cache: [1, { key: x }]', 'retry: 2', 'retry: { max: 1 }'],
  ...[
    'env: { A_TOKEN: h1dden }',
    'container: []',
    'services: { a: b }',
    'matrix: { a: [1] }',
    'if: always()',
  ],
  ...[
    'skip-if-unchanged: true',
    'artifacts: x',
    'run: npm ci',
    'run: "$(((`"',
    'extends: [a, a]',
    'steps: [{}]',
  ],
);

it('never fails, whatever a file is, and stays inside of it', () => {
  fc.assert(
    fc.property(generatedPipeline, fc.array(fc.tuple(fc.nat(), part), { maxLength: 4 }), (text, parts) => {
      const lines = text.split('\n');
      for (const [at, extra] of parts) {
        const index = at % lines.length;
        const indent = /^\s*/.exec(lines[index]!)![0];
        lines.splice(index, 0, `${indent}${extra}`);
      }
      const broken = lines.join('\n');
      for (const { place, code } of explained(broken)) {
        expect(place.start).toBeGreaterThanOrEqual(0);
        expect(place.end).toBeLessThanOrEqual(broken.length);
        expect(RULES.map((rule) => rule.code)).toContain(code);
      }
    }),
    { numRuns: 300 },
  );
});

it('has fixes that can be made, in any valid file', () => {
  fc.assert(
    fc.property(generatedPipeline, (text) => {
      for (const { fixes } of explained(text)) {
        for (const { operations } of fixes) {
          const fixed = applyOperations(text, operations);
          expect(fixed).toMatchObject({ ok: true });
          if (!fixed.ok) continue;
          const errors = parsePipeline(fixed.text, 'p.yml', { kinds: [] }).issues;
          expect(errors.filter(({ severity }) => severity === 'error')).toEqual([]);
        }
      }
    }),
    { numRuns: 300 },
  );
});
