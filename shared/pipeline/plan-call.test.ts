import { describe, expect, it } from 'vitest';
import { formatIssue } from '../lib/issue.ts';
import { compilePlan } from './compile-plan.ts';
import type { PlanRequest } from './compile-plan.ts';
import { parsePipeline } from './parse.ts';

function compile(
  main: string,
  files: Readonly<Record<string, string>> = {},
  request: Partial<PlanRequest> = {},
) {
  const readInclude = (path: string) => files[path] ?? null;
  const { pipeline, issues } = parsePipeline(main, 'ci/main.yml', { kinds: [], readInclude });
  const compiled = compilePlan(pipeline!, { inputs: {}, ...request });
  return {
    plan: compiled.plan,
    stages: compiled.plan?.stages ?? [],
    issues: issues.map(formatIssue),
    compileIssues: compiled.issues.map(formatIssue),
  };
}

const DEPLOY = `
pipelines:
  deploy:
    inputs:
      target: { required: true }
      workers: { type: number, default: 2 }
      tag: {}
    env: { TARGET: '\${{ inputs.target }}' }
    stages:
      push:
        run: push \${{ inputs.tag }} \${{ toJSON(inputs) }}
        artifacts: { name: 'log-\${{ inputs.target }}', paths: x }
      check:
        needs: push
        if: inputs.workers > 1
        run: check \${{ needs.push.outputs.url }} \${{ vars.REGION }}
    outputs: { url: 'https://\${{ needs.check.outputs.host }}/\${{ inputs.target }}' }
vars: { REGION: eu }
inputs: { who: { default: me } }
stages:
  build: { run: make }
  staging:
    needs: build
    pipeline: deploy
    with: { target: staging, workers: 3, tag: 'v\${{ needs.build.outputs.tag }}-\${{ inputs.who }}' }
  live:
    name: Live
    needs: staging
    if: inputs.who == 'me'
    pipeline: deploy
    env: { LIVE: 1 }
    with: { target: "it's", tag: 1.10 }
  after: { needs: live, run: 'echo \${{ needs.live.outputs.url }}' }`;

describe('a called pipeline', () => {
  it('becomes its stages and one that stands for them', () => {
    const { stages, issues, compileIssues } = compile(DEPLOY);
    expect([...issues, ...compileIssues]).toEqual([]);
    expect(stages.map(({ id, kind, needs }) => [id, kind, needs])).toEqual([
      ['build', 'run', []],
      ['staging/push', 'run', ['build']],
      ['staging/check', 'run', ['build', 'staging/push']],
      ['staging', 'pipeline', ['staging/push', 'staging/check']],
      ['live/push', 'run', ['staging']],
      ['live/check', 'run', ['live/push']],
      ['live', 'pipeline', ['live/push', 'live/check']],
      ['after', 'run', ['live']],
    ]);
  });

  it('gets its inputs, and its own names, put into its expressions', () => {
    const { stages } = compile(DEPLOY);
    const tag = "format('v{0}-{1}', needs.build.outputs.tag, inputs.who)";
    expect(stages[1]).toMatchObject({
      name: 'staging / push',
      env: { TARGET: "${{ 'staging' }}" },
      artifacts: [{ name: 'log-staging' }],
      steps: [
        {
          body: {
            script: `push \${{ ${tag} }} \${{ toJSON(fromJSON(format('{{"target":{0},"workers":{1},"tag":{2}}}', toJSON('staging'), toJSON(3), toJSON(${tag})))) }}`,
          },
        },
      ],
    });
    expect(stages[2]).toMatchObject({
      condition: '3 > 1',
      steps: [{ body: { script: "check ${{ needs['staging/push'].outputs.url }} ${{ vars.REGION }}" } }],
    });
    expect(stages[3]).toMatchObject({
      steps: [],
      outputs: { url: "https://${{ needs['staging/check'].outputs.host }}/${{ 'staging' }}" },
      matrix: { failFast: false, maxParallel: null, legs: ['staging/push', 'staging/check'] },
    });
    expect(stages[4]).toMatchObject({
      name: 'Live / push',
      condition: "inputs.who == 'me'",
      env: { LIVE: '1', TARGET: "${{ 'it''s' }}" },
      artifacts: [{ name: "log-it's" }],
    });
    expect(JSON.stringify(stages[4]!.steps[0]!.body)).toContain("push ${{ '1.10' }}");
    expect(stages[5]).toMatchObject({ condition: '2 > 1' });
  });

  it('may be a file, which may call others', () => {
    const { stages, issues, compileIssues } = compile(
      'vars: { A: main }\nstages: { one: { pipeline: ../lib/a.yml, with: { x: 5 } } }',
      {
        'lib/a.yml':
          'inputs: { x: { type: number } }\nvars: { A: a }\ndefaults: { timeout: 5m }\nenv: { E: "${{ vars.A }}" }\nstages: { in: { pipeline: b.yml, with: { y: "${{ inputs.x }}", z: "<${{ inputs.x }}>" } } }',
        'lib/b.yml':
          'inputs: { y: {}, z: {} }\nstages: { deep: { matrix: { n: ["${{ inputs.y }}", 2] }, run: "${{ inputs.y }} ${{ inputs.z }} ${{ matrix.n }}" } }',
      },
    );
    expect([...issues, ...compileIssues]).toEqual([]);
    expect(stages.map(({ id, kind, line }) => [id, kind, line])).toEqual([
      ['one/in/deep[n=5]', 'run', 2],
      ['one/in/deep[n=2]', 'run', 2],
      ['one/in/deep', 'matrix', 2],
      ['one/in', 'pipeline', 2],
      ['one', 'pipeline', 2],
    ]);
    expect(stages[0]!.steps[0]!.body).toMatchObject({
      script: "${{ (5) }} ${{ format('<{0}>', 5) }} ${{ matrix.n }}",
    });
  });

  it('asks the condition of its caller wherever a stage would not be skipped by itself', () => {
    const { stages, issues } = compile(`
pipelines:
  p:
    stages:
      first: { run: x, if: always() }
      second: { run: x, needs: first }
      clean: { run: x, needs: second, if: always() }
stages:
  build: { run: x }
  lint: { run: x, continue-on-error: true }
  plain: { needs: [build, lint], pipeline: p }
  chosen: { needs: build, if: git.branch == 'main', pipeline: p }
  last: { needs: build, if: always(), pipeline: p }`);
    expect(issues).toEqual([]);
    const shown = stages.filter(({ id }) => id.includes('/')).map(({ id, condition }) => [id, condition]);
    const guards =
      "(needs['build'].result == 'succeeded') && (needs['lint'].result != 'skipped' && needs['lint'].result != 'cancelled')";
    const chosen = "(needs['build'].result == 'succeeded') && (git.branch == 'main') && (always())";
    expect(shown).toEqual([
      ['plain/first', `${guards} && (always())`],
      ['plain/second', null],
      ['plain/clean', `${guards} && (always())`],
      ['chosen/first', chosen],
      ['chosen/second', null],
      ['chosen/clean', chosen],
      ['last/first', '(always()) && (always())'],
      ['last/second', null],
      ['last/clean', 'always()'],
    ]);
    expect(stages.find(({ id }) => id === 'plain/clean')?.needs).toEqual(['build', 'lint', 'plain/second']);
  });

  it('is chosen as a whole, or by one of its stages', () => {
    expect(compile(DEPLOY, {}, { stages: ['staging'] }).stages.map(({ id }) => id)).toEqual([
      'build',
      'staging/push',
      'staging/check',
      'staging',
    ]);
    expect(compile(DEPLOY, {}, { stages: ['staging/push'] }).stages.map(({ id }) => id)).toEqual([
      'build',
      'staging/push',
    ]);
    expect(compile(DEPLOY, {}, { stages: ['staging/pull'] }).compileIssues).toEqual([
      'ci/main.yml:22:1 error unknown-stage There is no stage `staging/pull` (did you mean `staging/push`?)',
    ]);
  });

  const P =
    'pipelines: { p: { inputs: { n: { type: number }, who: { required: true } }, stages: { a: { run: x } } } }';
  it.each([
    [
      'a name that does not exist',
      `${P}\nstages: { s: { pipeline: pp } }`,
      ['ci/main.yml:2:26 error unknown-pipeline There is no pipeline `pp` (did you mean `p`?)'],
    ],
    [
      'a file that is not there',
      'stages: { s: { pipeline: x.yml } }',
      [
        'ci/main.yml:1:26 error called-not-found The file `x.yml` cannot be called: there is no file `ci/x.yml` in the project (paths are relative to the file that calls)',
      ],
    ],
    [
      'what it does not take, and what it misses',
      `${P}\nstages: { s: { pipeline: p, with: { m: 1, n: many } } }`,
      [
        'ci/main.yml:2:11 error missing-input Input `who` is required and has no value (give it a value in `with`)',
        'ci/main.yml:2:37 error unknown-input The called pipeline has no input `m` (did you mean `n`?)',
        'ci/main.yml:2:43 error invalid-input Input `n` must be a number, but is `many`',
      ],
    ],
    [
      'keys that would do nothing',
      `${P}\nstages: { s: { pipeline: p, with: { who: me }, retry: 2, matrix: { a: [1] } } }`,
      [
        'ci/main.yml:2:48 error key-without-effect Stage `s` calls a pipeline, on which `retry` has no effect (say it in the stages of that pipeline)',
        'ci/main.yml:2:58 error key-without-effect Stage `s` calls a pipeline, on which `matrix` has no effect (say it in the stages of that pipeline)',
      ],
    ],
    [
      'a circle of names',
      'pipelines:\n  a: { stages: { x: { pipeline: b } } }\n  b: { stages: { y: { pipeline: a } } }\nstages: { s: { pipeline: a } }',
      [
        'ci/main.yml:2:33 error pipeline-cycle Pipelines call each other in a circle: a -> b -> a (let one of them not call the other)',
      ],
    ],
    [
      'a circle of files',
      'stages: { s: { pipeline: main.yml } }',
      ['ci/main.yml:1:26 error pipeline-cycle Files call each other in a circle: ci/main.yml -> ci/main.yml'],
    ],
    [
      'what is wrong inside of it',
      'pipelines: { p: { stages: { a: { run: "${{ inputs.x }}", needs: b } }, outputs: { o: "${{ needs.c.result }}" } } }\nstages: { s: { pipeline: p } }',
      [
        'ci/main.yml:1:44 error unknown-input There is no input `x` (declare it under `inputs`)',
        'ci/main.yml:1:65 error missing-need Stage `a` needs `b`, which does not exist (did you mean `a`?)',
        'ci/main.yml:1:91 error not-needed There is no stage `c`',
      ],
    ],
  ])('is refused for %s', (_, source, expected) => {
    const { issues, plan } = compile(source);
    expect(issues.map((issue, index) => issue.slice(0, expected[index]?.length))).toEqual(expected);
    if (issues.length > 0 && !issues[0]!.includes('key-without')) expect(plan).toBeNull();
  });

  it('reports what is wrong in a called file there, once', () => {
    const { issues } = compile('stages: { a: { pipeline: x.yml }, b: { pipeline: x.yml } }', {
      'ci/x.yml': 'stages: { y: { rnu: x } }',
    });
    expect(issues.map((issue) => issue.slice(0, 30))).toEqual([
      'ci/x.yml:1:11 error missing-bo',
      'ci/x.yml:1:16 error unknown-ke',
    ]);
  });

  it('must not make one artifact twice', () => {
    const { compileIssues } = compile(
      'pipelines: { p: { stages: { a: { run: x, artifacts: { name: out, paths: x } } } } }\nstages: { one: { pipeline: p }, two: { pipeline: p } }',
    );
    expect(compileIssues).toEqual([
      'ci/main.yml:1:1 error duplicate-artifact The stages `one/a` and `two/a` both make an artifact `out` (put a value of the matrix or an input into its name)',
    ]);
  });

  it('does not grow beyond all bounds', () => {
    const parts = Array.from({ length: 14 }, (_, index) => {
      const stages = Array.from({ length: 4 }, (__, at) => `s${at}: { pipeline: p${index + 1} }`);
      return `  p${index}: { stages: { ${stages.join(', ')} } }`;
    });
    const { issues, compileIssues } = compile(
      `pipelines:\n${parts.join('\n')}\n  p14: { stages: { a: { run: x } } }\nstages: { s: { pipeline: p0 } }`,
    );
    expect(issues).toEqual([]);
    expect(compileIssues[0]).toContain(
      'error too-many-stages Pipelines call each other more than 16 levels deep',
    );
  });
});
