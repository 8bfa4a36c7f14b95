import { describe, expect, it } from 'vitest';
import { formatIssue } from '../lib/issue.ts';
import { compilePlan } from './compile-plan.ts';
import { parsePipeline } from './parse.ts';

const kinds = [{ id: 'test.unit' }, { id: 'build.npm' }];
const parse = (source: string) => parsePipeline(source, 'p.yml', { kinds });
const issuesOf = (source: string): string[] => parse(source).issues.map(formatIssue);

describe('extends', () => {
  it('takes over what the stage does not say, joins mappings, replaces lists and takes empty keys out', () => {
    const { pipeline, issues } = parse(`
templates:
  base: { timeout: 5m, env: { A: base, B: base }, retry: 2 }
  node:
    extends: base
    env: { B: node, V: 1.10 }
    cache: [{ key: npm, paths: node_modules }]
    uses: test.unit
    with: { command: npm test, junit: a.xml }
stages:
  unit:
    extends: [node]
    env: { C: own }
    with: { junit: b.xml }
    retry:
  lint:
    extends: node
    run: npm run lint
    cache: [{ key: other, paths: x }]`);
    expect(issues).toEqual([]);
    const { plan } = compilePlan(pipeline!, { inputs: {} });
    const env = { A: 'base', B: 'node', V: '1.10' };
    expect(plan?.stages).toMatchObject([
      {
        id: 'unit',
        kind: 'test.unit',
        timeoutMs: 300_000,
        retry: null,
        env: { ...env, C: 'own' },
        steps: [{ body: { type: 'uses', with: { command: 'npm test', junit: 'b.xml' } } }],
        caches: [{ key: 'npm' }],
      },
      { id: 'lint', kind: 'run', env, retry: { max: 2 }, caches: [{ key: 'other' }] },
    ]);
    expect(plan?.stages.map((stage) => stage.line)).toEqual([11, 16]);
  });

  it('lets the last template win', () => {
    const { pipeline } = parse(`
templates: { a: { run: a, env: { X: a, Y: a } }, b: { run: b, env: { Y: b } } }
stages: { s: { extends: [a, b] } }`);
    expect(pipeline?.stages[0]).toMatchObject({ body: { script: 'b' }, env: { X: 'a', Y: 'b' } });
  });

  it.each([
    [
      'a template that does not exist',
      'templates: { node: { run: x } }\nstages: { a: { extends: noed } }',
      ['p.yml:2:25 error unknown-template There is no template `noed` (did you mean `node`?)'],
    ],
    [
      'a stage in place of a template',
      'stages: { a: { run: x, extends: [second] }, second: { run: y } }',
      [
        'p.yml:1:34 error unknown-template There is no template `second` (put what both share into `templates`)',
      ],
    ],
    [
      'a circle',
      'templates: { a: { extends: b }, b: { extends: [c] }, c: { extends: a } }\nstages: { s: { extends: a } }',
      [
        'p.yml:1:68 error template-cycle Templates extend each other in a circle: a -> b -> c -> a (remove one of these `extends`)',
      ],
    ],
    [
      'a template that extends itself',
      'templates: { a: { run: x, extends: a } }\nstages: { s: { extends: a } }',
      [
        'p.yml:1:36 error template-cycle Templates extend each other in a circle: a -> a (remove one of these `extends`)',
      ],
    ],
    [
      'what is wrong in a template, once and there',
      'templates: { t: { run: x, timeout: soon } }\nstages: { a: { extends: t }, b: { extends: t } }',
      [
        'p.yml:1:36 error invalid-value `templates.t.timeout` must be a duration such as 30s, 10m or 1h30m (a bare number is seconds), but is the text `soon`',
      ],
    ],
    [
      'a wrong name in a template at its place',
      'templates: { t: { run: "${{ inputs.x }}", needs: nope } }\nstages: { a: { extends: t } }',
      [
        'p.yml:1:29 error unknown-input There is no input `x` (declare it under `inputs`)',
        'p.yml:1:50 error missing-need Stage `a` needs `nope`, which does not exist (name a stage of this pipeline)',
      ],
    ],
    [
      'a stage that stays without a body',
      'templates: { t: { timeout: 5 } }\nstages: { a: { extends: t } }',
      [
        'p.yml:2:11 error missing-body Stage `a` does nothing (give it one of run, uses, steps, approval, pipeline)',
      ],
    ],
    [
      'names that are none',
      'templates: { t: { run: x } }\nstages: { a: { extends: 5 } }',
      ['p.yml:2:25 error wrong-type `stages.a.extends` must be text or a list, but is the number 5'],
    ],
  ])('reports %s', (_, source, expected) => {
    expect(issuesOf(source)).toEqual(expected);
  });

  it('refuses a chain that no one can follow', () => {
    const templates = Array.from({ length: 5_000 }, (_, index) => `  t${index}: { extends: t${index + 1} }`);
    const [first] = issuesOf(
      `templates:\n${templates.join('\n')}\n  t5000: { run: x }\nstages: { a: { extends: t0 } }`,
    );
    expect(first).toContain('error too-deep More than 32 templates extend each other one after another');
  });
});
