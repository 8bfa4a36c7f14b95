import { describe, expect, it } from 'vitest';
import { formatIssue } from '../lib/issue.ts';
import { parsePipeline } from './parse.ts';

const kinds = [{ id: 'test.unit' }, { id: 'build.npm' }];
const parse = (source: string) => parsePipeline(source, 'p.yml', { kinds });
const issuesOf = (source: string): string[] => parse(source).issues.map(formatIssue);

describe('the graph', () => {
  const table: readonly [string, string, readonly string[]][] = [
    [
      'a stage that does not exist',
      '  build: { run: x }\n  b: { run: x, needs: [biuld] }',
      ['p.yml:3:24 error missing-need Stage `b` needs `biuld`, which does not exist (did you mean `build`?)'],
    ],
    [
      'a stage that nothing resembles',
      '  b: { run: x, needs: release }',
      [
        'p.yml:2:23 error missing-need Stage `b` needs `release`, which does not exist (name a stage of this pipeline)',
      ],
    ],
    [
      'a stage that needs itself',
      '  b: { run: x, needs: b }',
      ['p.yml:2:23 error self-need Stage `b` needs itself (remove it from `needs`)'],
    ],
    [
      'a stage needed twice',
      '  a: { run: x }\n  b: { run: x, needs: [a, a] }',
      ['p.yml:3:27 warning duplicate-need Stage `b` needs `a` twice (remove one of them)'],
    ],
    [
      'a circle of two',
      '  build: { run: x, needs: test }\n  test: { run: x, needs: [build] }',
      [
        'p.yml:2:27 error cycle Stages need each other in a circle: build -> test -> build (remove one of these `needs`)',
      ],
    ],
    [
      'two circles',
      '  a: { run: x, needs: [b] }\n  b: { run: x, needs: [c, a] }\n  c: { run: x, needs: [b] }',
      [
        'p.yml:2:24 error cycle Stages need each other in a circle: a -> b -> a (remove one of these `needs`)',
        'p.yml:3:24 error cycle Stages need each other in a circle: b -> c -> b (remove one of these `needs`)',
      ],
    ],
  ];
  it.each(table)('reports %s', (_, source, expected) => {
    expect(issuesOf(`stages:\n${source}`)).toEqual(expected);
  });

  it('shortens the name of a very long circle', () => {
    const lines = Array.from(
      { length: 30 },
      (_, index) => `  s${index}: { run: x, needs: s${(index + 1) % 30} }`,
    );
    expect(issuesOf(`stages:\n${lines.join('\n')}`)[0]).toContain('s18 -> s19 -> … (30 stages) -> s0');
  });

  it('reads ten thousand stages in a chain without a deep stack', () => {
    const lines = Array.from(
      { length: 10_000 },
      (_, index) => `  s${index}: { run: x, needs: [${index ? `s${index - 1}` : ''}] }`,
    );
    const { pipeline, issues } = parse(`stages:\n${lines.join('\n')}`);
    expect(issues).toEqual([]);
    expect(pipeline?.stages).toHaveLength(10_000);
  });

  it('says how many issues it does not show', () => {
    const lines = Array.from({ length: 600 }, (_, index) => `  s${index}: { run: x, needs: nope }`);
    const issues = issuesOf(`stages:\n${lines.join('\n')}`);
    expect(issues).toHaveLength(501);
    expect(issues.at(-1)).toBe('p.yml error too-many-issues 100 more issues are not shown');
  });
});

describe('bodies, kinds, steps and artifacts', () => {
  const table: readonly [string, string, string][] = [
    [
      'nothing to do',
      '  a: { name: A }',
      'p.yml:2:3 error missing-body Stage `a` does nothing (give it one of run, uses, steps, approval, pipeline)',
    ],
    [
      'two bodies',
      '  a: { run: x, uses: test.unit }',
      'p.yml:2:16 error several-bodies Stage `a` has `run` and `uses`, but can only have one of them (put several things to do into `steps`)',
    ],
    [
      'an unknown kind',
      '  a: { uses: test.unt }',
      'p.yml:2:14 error unknown-kind There is no kind `test.unt` (did you mean `test.unit`?)',
    ],
    [
      'settings without a kind',
      '  a: { run: x, with: { a: 1 } }',
      'p.yml:2:16 error with-without-uses Stage `a` has `with`, but no `uses` (`with` holds the settings of a kind)',
    ],
    [
      'a step that does nothing',
      '  a: { steps: [{ name: n }] }',
      'p.yml:2:16 error missing-body Step 1 does nothing (give it one of run, uses)',
    ],
    [
      'an unknown kind in a step',
      '  a: { steps: [{ uses: zzzz }] }',
      'p.yml:2:24 error unknown-kind There is no kind `zzzz` (`pipewright kinds` lists the catalog)',
    ],
    [
      'two steps of one id',
      '  a: { steps: [{ id: s, run: x }, { id: s, run: y }] }',
      'p.yml:2:41 error duplicate-step Two steps of the stage have the id `s` (give each step an id of its own)',
    ],
    [
      'two artifacts of one name',
      '  a: { run: x, artifacts: { name: n, paths: x } }\n  b: { run: x, artifacts: [{ name: n, paths: y }] }',
      'p.yml:3:36 error duplicate-artifact Stage `a` already makes an artifact `n` (give each artifact a name of its own)',
    ],
  ];
  it.each(table)('reports %s', (_, source, expected) => {
    expect(issuesOf(`stages:\n${source}`)).toEqual([expected]);
  });

  it('finds the place of any value of the file', () => {
    const { source } = parse('stages:\n  a:\n    run: x\n    needs: [b, c]\n');
    expect(source?.key(['stages', 'a', 'needs'])).toEqual({ line: 4, column: 5, start: 28, end: 33 });
    expect(source?.value(['stages', 'a', 'needs', 1])).toEqual({ line: 4, column: 16, start: 39, end: 40 });
    expect(source?.value(['stages', 'a', 'nothing'])).toMatchObject({ line: 3, column: 5 });
  });
});

describe('expressions in the file', () => {
  const table: readonly [string, string, string][] = [
    [
      'a wrong context',
      '  a: { run: "echo ${{ input.x }}" }',
      'p.yml:2:23 error unknown-context There is no context `input` here (did you mean `inputs`?)',
    ],
    [
      'an undeclared input',
      '  a: { run: "echo ${{ inputs.nam }}" }',
      'p.yml:2:23 error unknown-input There is no input `nam` (did you mean `name`?)',
    ],
    [
      'a wrong function',
      '  a: { run: "${{ joi(inputs.name) }}" }',
      'p.yml:2:18 error unknown-function There is no function `joi` (did you mean `join`?)',
    ],
    [
      'too few arguments',
      '  a: { run: "${{ contains(1) }}" }',
      "p.yml:2:18 error wrong-arguments The expression `contains(1)` is wrong: too few parameters supplied: 'contains'",
    ],
    [
      'wrong grammar',
      '  a: { run: "${{ inputs.name == }}" }',
      'p.yml:2:30 error expression-syntax The expression `inputs.name ==` is wrong: unexpected end of expression',
    ],
    [
      'an open expression',
      '  a: { run: "${{ inputs.name" }',
      'p.yml:2:13 error expression-syntax An expression that starts with `${{` is not closed (end it with `}}`)',
    ],
    [
      'an empty expression',
      '  a: { run: "${{ }}" }',
      'p.yml:2:17 error expression-syntax The expression `` is wrong: it is empty',
    ],
    [
      'a stage that is not needed',
      '  a: { run: x }\n  b: { run: "${{ needs.a.result }}" }',
      "p.yml:3:18 error not-needed Stage `b` does not need `a`, so it has no value here (add `a` to the stage's `needs`)",
    ],
    [
      'a step that does not exist',
      '  a: { steps: [{ id: one, run: x }, { run: "${{ steps.oen.outputs.x }}" }] }',
      'p.yml:2:49 error unknown-step The stage has no step `oen` (did you mean `one`?)',
    ],
    [
      'a service that the stage does not have',
      '  a: { services: { db: { image: x } }, run: "${{ services.dp.host }}" }',
      'p.yml:2:50 error unknown-service Stage `a` has no service `dp` (did you mean `db`?)',
    ],
    [
      'a service where none runs yet',
      '  a: { services: { db: { image: x } }, run: x, env: { H: "${{ services.db.host }}" } }',
      'p.yml:2:63 error unknown-context There is no context `services` here (known here: inputs, env, needs, secrets, vars, state, run, stage, git; a text stands in single quotes)',
    ],
    [
      'a secret where others can see it',
      '  a: { services: { db: { image: x, command: ["${{ secrets.T }}"], env: { P: "${{ secrets.T }}" } } }, secrets: T, run: x }',
      'p.yml:2:51 error unknown-context There is no context `secrets` here (known here: inputs, env, needs, vars, state, run, stage, git; a text stands in single quotes)',
    ],
    [
      'a secret that the stage does not name',
      '  a: { run: "${{ secrets.TOKEN }}", secrets: TOKENS }',
      'p.yml:2:18 error secret-not-named Stage `a` does not name the secret `TOKEN`, so it has no value here (did you mean `TOKENS`?)',
    ],
    [
      'an expression where none is evaluated yet',
      '  a: { run: x, name: "A ${{ inputs.name }} ${{ run.id }}" }',
      'p.yml:2:22 warning late-expression Expressions in `name` only know inputs, vars, matrix (a name stands before the run; this one is shown as it is written)',
    ],
    [
      'a variable that is not declared',
      '  a: { run: "${{ vars.X }}" }',
      'p.yml:2:18 error unknown-variable There is no variable `X` (declare it under `vars`)',
    ],
    [
      'a state that is not declared',
      '  a: { run: "${{ state.last }}" }',
      'p.yml:2:18 error unknown-state There is no state `last` (declare it under `state`)',
    ],
    [
      'a wrong condition',
      "  a: { if: inputs.nam == 'x', run: x }",
      'p.yml:2:12 error unknown-input There is no input `nam` (did you mean `name`?)',
    ],
    [
      'a wrong condition in braces',
      '  a: { if: "${{ succes() && inputs.name == \'x\' }}", run: x }',
      'p.yml:2:17 error unknown-function There is no function `succes` (did you mean `success`?)',
    ],
    [
      'a condition that is partly a text',
      '  a: { if: "${{ inputs.name }} == \'x\'", run: x }',
      'p.yml:2:12 error mixed-condition A condition is one expression, but this is a text with an expression in it (put all of it between `${{` and `}}`, or leave both out)',
    ],
    [
      'a function of status outside of conditions',
      '  a: { run: "${{ success() }}" }',
      'p.yml:2:18 error unknown-function The function `success` only works in an `if`',
    ],
    [
      'a status with a parameter',
      '  a: { if: success(1), run: x }',
      'p.yml:2:12 error wrong-arguments The function `success` takes no parameters',
    ],
    [
      'the results of steps in the condition of a stage',
      '  a: { if: steps.x.outputs.y, run: x }',
      'p.yml:2:12 error unknown-context There is no context `steps` here',
    ],
    [
      'a second expression of a block',
      '  a:\n    run: |\n      echo ${{ inputs.name }}\n      echo ${{ inputs.b }}',
      'p.yml:5:16 error unknown-input There is no input `b` (declare it under `inputs`)',
    ],
  ];
  it.each(table)('reports %s at its place', (_, source, expected) => {
    const [first = '', ...others] = issuesOf(`inputs: { name: { type: string } }\nstages:\n${source}`).map(
      (line) => line.replace(/:(\d+):/, (__, number: string) => `:${Number(number) - 1}:`),
    );
    expect(first.startsWith(expected), first).toBe(true);
    expect(others).toEqual([]);
  });

  it('refuses contexts of stages outside of stages', () => {
    expect(issuesOf('env: { A: "${{ needs.a.result }}" }\nstages: { a: { run: x } }')[0]).toContain(
      'p.yml:1:16 error unknown-context There is no context `needs` here',
    );
  });

  it('leaves the expressions of what it does not know alone', () => {
    const issues = issuesOf('jobs: { a: "${{ github.sha }}" }\nstages: { a: { run: x } }');
    expect(issues).toHaveLength(1);
  });
});

describe('keys that work from a later version', () => {
  it('reports each once at its place and no others', () => {
    const source = [
      'on: [manual, push]',
      'defaults: { timeout: 5m, runs-on: pool, container: x }',
      'stages:',
      '  a:',
      '    run: x',
      '    timeout: 1m',
      '    runs-on: { pool: linux, labels: gpu }',
      '    services: { db: { image: x } }',
      '    reports: { junit: a.xml, load: b.json }',
      '    steps-later: 1',
    ].join('\n');
    const found = parse(source).issues.filter((issue) => issue.severity === 'unsupported');
    expect(found.map((issue) => `${issue.line}:${issue.column} ${issue.code}`)).toEqual([
      '2:35 unsupported-key',
      '7:16 unsupported-key',
      '7:29 unsupported-key',
      '9:30 unsupported-key',
    ]);
  });

  it.each(['on: manual', 'on: [manual]', 'on: { manual: }', 'on: { manual: {} }'])(
    'takes `%s` as what happens anyway',
    (on) => {
      expect(issuesOf(`${on}\nstages: { a: { run: x } }`)).toEqual([]);
    },
  );
});
