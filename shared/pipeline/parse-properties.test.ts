import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { issueSchema } from '../lib/issue.ts';
import { compilePlan } from './compile-plan.ts';
import { parsePipeline } from './parse.ts';

const kinds = [{ id: 'test.unit' }];
const parse = (source: string | Uint8Array) => parsePipeline(source, 'p.yml', { kinds });

const id = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_-]{0,8}$/).filter((text) => text !== '__proto__');
// An expression in a random text would be checked as one, and YAML has no NUL.
const text = fc
  .string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
  .filter((value) => !/\0|\$\{\{/.test(value));
const duration = fc.constantFrom('30s', '10m', '1h30m', '500ms', 45, '2d');
const environment = fc.dictionary(
  fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,6}$/),
  fc.oneof(text, fc.integer(), fc.boolean()),
);
const optional = { requiredKeys: [] };

const step = fc.oneof(
  fc.record(
    { run: text, env: environment, timeout: duration, 'continue-on-error': fc.boolean() },
    { requiredKeys: ['run'] },
  ),
  fc.record({ uses: fc.constant('test.unit'), with: fc.dictionary(id, text) }, { requiredKeys: ['uses'] }),
);
const body = fc.oneof(step, fc.record({ steps: fc.array(step, { minLength: 1, maxLength: 4 }) }));
const settings = fc.record(
  { name: text, shell: text, timeout: duration, env: environment, outputs: fc.dictionary(id, text) },
  optional,
);

/** Stages that only need earlier ones, so that there is no circle. */
const stages = fc
  .uniqueArray(fc.record({ id, body, settings, needs: fc.array(fc.nat(), { maxLength: 3 }) }), {
    minLength: 1,
    maxLength: 12,
    selector: (stage) => stage.id,
  })
  .map((list) =>
    Object.fromEntries(
      list.map((stage, index) => {
        const needs = index === 0 ? [] : [...new Set(stage.needs.map((need) => list[need % index]!.id))];
        return [stage.id, { ...stage.settings, ...stage.body, needs: needs.length === 1 ? needs[0] : needs }];
      }),
    ),
  );
const pipeline = fc.record(
  {
    name: text,
    env: environment,
    workspace: fc.constantFrom('shared', 'isolated', 'in-place'),
    timeout: duration,
    stages,
  },
  { requiredKeys: ['stages'] },
);

function expectSoundIssues(source: string | Uint8Array): void {
  const { issues, pipeline: parsed } = parse(source);
  const lines = typeof source === 'string' ? source.split(/\n/).length : Infinity;
  for (const issue of issues) {
    issueSchema.parse(issue);
    expect(issue.message).not.toMatch(/undefined|\[object|\n/);
    expect(issue.line ?? 1).toBeLessThanOrEqual(lines);
    expect(issue.column ?? 1).toBeGreaterThanOrEqual(1);
  }
  if (issues.length === 0) expect(parsed).not.toBeNull();
  if (parsed !== null) compilePlan(parsed, { inputs: {} });
}

describe('parsePipeline', () => {
  it('accepts every valid pipeline without an issue, in block and flow style, and plans all its stages', () => {
    fc.assert(
      fc.property(pipeline, fc.boolean(), (file, isJson) => {
        const parsed = parse(isJson ? JSON.stringify(file) : stringify(file));
        expect(parsed.issues).toEqual([]);
        expect(parsed.pipeline?.stages.map((stage) => stage.id).toSorted()).toEqual(
          Object.keys(file.stages).toSorted(),
        );
        const { plan } = compilePlan(parsed.pipeline!, { inputs: {} });
        expect(plan?.stages).toHaveLength(Object.keys(file.stages).length);
      }),
      { numRuns: 150 },
    );
  });

  it('never throws for random bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), expectSoundIssues), { numRuns: 500 });
  });

  it('never throws for texts made of the signs of YAML and of expressions', () => {
    const sign = fc.constantFrom(
      ...[
        'stages',
        'a',
        'run',
        'needs',
        'steps',
        ': ',
        ':',
        '- ',
        '\n',
        '\n  ',
        '\n    ',
        '{',
        '}',
        '[',
        ']',
        ', ',
      ],
      ...[
        '&x ',
        '*x',
        '<<',
        '|',
        '>',
        '"',
        "'",
        '#',
        '---',
        '!t ',
        '? ',
        '\t',
        '${{ ',
        ' }}',
        'inputs.',
        '(',
        '1',
        '\r\n',
      ],
    );
    const texts = fc.array(sign, { maxLength: 40 }).map((signs) => signs.join(''));
    fc.assert(fc.property(texts, expectSoundIssues), { numRuns: 1_500 });
  });

  it('never throws for a valid file with a part cut out, doubled or overwritten', () => {
    const change = fc.record({
      start: fc.nat(),
      length: fc.nat(20),
      put: fc.oneof(fc.string({ maxLength: 5 }), fc.constantFrom(': ', '\n', '${{', '*a')),
    });
    fc.assert(
      fc.property(pipeline, fc.array(change, { minLength: 1, maxLength: 4 }), (file, changes) => {
        let source = stringify(file);
        for (const { start, length, put } of changes) {
          const at = start % source.length;
          source = source.slice(0, at) + put + source.slice(at + length);
        }
        expectSoundIssues(source);
      }),
      { numRuns: 300 },
    );
  });

  it('never throws for a value of any shape in the place of any key', () => {
    const keys = [
      'on',
      'inputs',
      'env',
      'defaults',
      'stages',
      'pipelines',
      'templates',
      'secrets',
      'state',
      'hooks',
      'include',
      'notifications',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.jsonValue({ maxDepth: 4 }), (key, value) => {
        expectSoundIssues(JSON.stringify({ stages: { a: { run: 'x' } }, [key]: value }));
      }),
      { numRuns: 500 },
    );
  });

  it('never throws for a value of any shape in the place of any key of a stage', () => {
    const keys = [
      'run',
      'needs',
      'steps',
      'with',
      'uses',
      'matrix',
      'retry',
      'cache',
      'artifacts',
      'reports',
      'if',
      'services',
      'container',
      'runs-on',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.jsonValue({ maxDepth: 4 }), (key, value) => {
        expectSoundIssues(JSON.stringify({ stages: { a: { run: 'x', [key]: value }, b: value } }));
      }),
      { numRuns: 700 },
    );
  });
});
