import { describe, expect, it } from 'vitest';
import { formatIssue } from '../lib/issue.ts';
import { compilePlan } from './compile-plan.ts';
import type { PlanRequest } from './compile-plan.ts';
import { expandLegs } from './expand-legs.ts';
import { parsePipeline } from './parse.ts';

function compile(source: string, request: Partial<PlanRequest> = {}) {
  const { pipeline, issues } = parsePipeline(source, 'p.yml', { kinds: [] });
  const compiled = compilePlan(pipeline!, { inputs: {}, ...request });
  return { plan: compiled.plan, issues: [...issues, ...compiled.issues].map(formatIssue) };
}

const STATIC = `
inputs: { suffix: { default: x } }
stages:
  build: { run: make }
  unit:
    name: Unit
    needs: build
    if: matrix.node > 20
    matrix: { node: [22, 24], python: [3.10], max-parallel: 1, fail-fast: false }
    run: test \${{ matrix.node }}
    artifacts: { name: 'report-\${{ matrix.node }}-\${{ inputs.suffix }}', paths: out }
  after: { needs: unit, run: x }`;

const DYNAMIC = `
stages:
  list: { run: x }
  unit:
    needs: [list]
    matrix: { node: '\${{ fromJSON(needs.list.outputs.nodes) }}', os: [linux] }
    name: Test \${{ matrix.node }}
    run: test
  after: { needs: unit, run: x }`;

describe('a matrix in a plan', () => {
  it('becomes its legs and the stage that stands for them', () => {
    const { plan, issues } = compile(STATIC);
    expect(issues).toEqual([]);
    expect(plan?.stages.map(({ id, kind, needs, name }) => [id, kind, needs, name])).toEqual([
      ['build', 'run', [], 'build'],
      ['unit[node=22,python=3.10]', 'run', ['build'], 'Unit (22, 3.10)'],
      ['unit[node=24,python=3.10]', 'run', ['build'], 'Unit (24, 3.10)'],
      ['unit', 'matrix', ['unit[node=22,python=3.10]', 'unit[node=24,python=3.10]'], 'Unit'],
      ['after', 'run', ['unit'], 'after'],
    ]);
    const [, leg, , group] = plan!.stages;
    expect(leg).toMatchObject({
      leg: { values: { node: 22, python: '3.10' }, of: 'unit' },
      condition: 'matrix.node > 20',
      matrix: null,
      artifacts: [{ name: 'report-22-x' }],
    });
    expect(group).toMatchObject({
      steps: [],
      condition: null,
      leg: null,
      matrix: { failFast: false, maxParallel: 1, legs: group!.needs, template: null },
    });
  });

  it('waits with its legs for what they come from', () => {
    const { plan, issues } = compile(DYNAMIC);
    expect(issues).toEqual([]);
    expect(plan?.stages.map(({ id, kind, needs }) => [id, kind, needs])).toEqual([
      ['list', 'run', []],
      ['unit', 'matrix', ['list']],
      ['after', 'run', ['unit']],
    ]);
    const unit = plan!.stages[1]!;
    expect(unit.matrix).toMatchObject({ failFast: true, maxParallel: null, legs: null });
    const contexts = { needs: { list: { outputs: { nodes: '[22, 24]' } } } };
    expect(expandLegs(unit, contexts).legs.map(({ id, name, needs, leg }) => [id, name, needs, leg])).toEqual(
      [
        ['unit[node=22,os=linux]', 'Test 22', ['list'], { values: { node: 22, os: 'linux' }, of: 'unit' }],
        ['unit[node=24,os=linux]', 'Test 24', ['list'], { values: { node: 24, os: 'linux' }, of: 'unit' }],
      ],
    );
  });

  it.each([
    ['[]', null],
    ['"x"', 'The matrix of `unit` must have a list in `node`'],
    ['{', 'cannot be evaluated: Error parsing JSON'],
    [JSON.stringify(Array.from({ length: 1_001 }, (_, index) => index)), 'has 1001 combinations'],
  ])('takes %j for a list while it runs, or says what is wrong', (nodes, expected) => {
    const unit = compile(DYNAMIC).plan!.stages[1]!;
    const expand = () => expandLegs(unit, { needs: { list: { outputs: { nodes } } } });
    if (expected === null) expect(expand().legs).toEqual([]);
    else expect(expand).toThrow(expected);
  });

  it('expands what only inputs decide before the run', () => {
    const source = `
inputs: { nodes: { default: '[22]' } }
stages: { a: { matrix: { node: '\${{ fromJSON(inputs.nodes) }}' }, run: x } }`;
    expect(compile(source).plan?.stages.map(({ id }) => id)).toEqual(['a[node=22]', 'a']);
    expect(compile(source, { inputs: { nodes: '{' } }).issues[0]).toContain(
      'p.yml:3:1 error expression-failed The expression `fromJSON(inputs.nodes)` cannot be evaluated: Error parsing JSON when evaluating fromJson (inputs.nodes = "{")',
    );
  });

  it.each([
    [['unit'], ['build', 'unit[node=22,python=3.10]', 'unit[node=24,python=3.10]', 'unit']],
    [['unit[node=24,python=3.10]'], ['build', 'unit[node=24,python=3.10]', 'unit']],
    [['build'], ['build']],
  ])('runs of %j %j', (stages, expected) => {
    const { plan } = compile(STATIC, { stages });
    expect(plan?.stages.map(({ id }) => id)).toEqual(expected);
    const known = new Set(plan?.stages.map(({ id }) => id));
    for (const { needs, matrix } of plan!.stages) {
      expect([...needs, ...(matrix?.legs ?? [])].filter((id) => !known.has(id))).toEqual([]);
    }
  });

  it('says which legs there are, or that they are not known yet', () => {
    expect(compile(STATIC, { stages: ['unit[node=23,python=3.10]'] }).issues[0]).toMatch(
      /error unknown-stage There is no stage `unit\[node=23,python=3.10\]` \(did you mean `unit\[node=2[24],python=3.10\]`\?\)/,
    );
    expect(compile(DYNAMIC, { stages: ['unit[node=22]'] }).issues[0]).toContain(
      'The legs of `unit` are only known while it runs (choose all of it with --stage unit)',
    );
  });

  it.each([
    ['{ node: [] }', 'p.yml:1:32 error empty-matrix The list `node` of the matrix is empty'],
    ['{ node: [1], exclude: [{ node: 1 }] }', 'p.yml:1:16 error empty-matrix The matrix has no combination'],
    ['{ include: [] }', 'p.yml:1:16 error empty-matrix'],
    [
      '{ node: [1], exclude: [{ noed: 1 }] }',
      'p.yml:1:49 error unknown-matrix-value The matrix has no list `noed`, so this excludes nothing (did you mean `node`?)',
    ],
    ['{ node: 22 }', 'p.yml:1:32 error invalid-value `stages.a.matrix.node` must be a list of values'],
    ['{ "n de": [1] }', 'p.yml:1:26 error invalid-name The name `n de` must be'],
    [`{ a: [${'1, '.repeat(1_200)}] }`, 'p.yml:1:16 error large-matrix The matrix has 1200 combinations'],
  ])('is refused as %.30s at its place', (matrix, expected) => {
    expect(compile(`stages: { a: { matrix: ${matrix}, run: x } }`).issues[0]).toContain(expected);
  });

  it('must put its values into the names of artifacts', () => {
    const { issues } = compile(
      'stages: { a: { matrix: { n: [1] }, run: x, artifacts: { name: out, paths: x } } }',
    );
    expect(issues[0]).toContain(
      'error duplicate-artifact Every leg of the matrix would make an artifact `out`',
    );
  });

  it('has the values that its expressions name', () => {
    const { issues } = compile(
      'stages: { a: { matrix: { node: [1] }, run: "${{ matrix.noed }}" }, b: { run: "${{ matrix.x }}" } }',
    );
    expect(issues).toEqual([
      expect.stringContaining(
        'error unknown-matrix-value The matrix has no value `noed` (did you mean `node`?)',
      ),
      expect.stringContaining('error unknown-context There is no context `matrix` here'),
    ]);
  });
});
