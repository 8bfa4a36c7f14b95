import { describe, expect, it } from 'vitest';
import { formatIssue } from '../lib/issue.ts';
import { compilePlan } from './compile-plan.ts';
import type { PlanRequest } from './compile-plan.ts';
import { parsePipeline } from './parse.ts';

const kinds = [{ id: 'test.unit' }];

function compile(source: string, request: Partial<PlanRequest> = {}) {
  const { pipeline } = parsePipeline(source, 'ci/release.yml', { kinds });
  if (pipeline === null) throw new Error('the test needs a file that can be understood');
  return compilePlan(pipeline, { inputs: {}, ...request });
}
const issuesOf = (source: string, request: Partial<PlanRequest> = {}): string[] =>
  compile(source, request).issues.map(formatIssue);

const INPUTS = `
inputs:
  name: { default: 1.10 }
  count: { type: number }
  dry: { type: boolean }
  target: { type: choice, options: [staging, production] }
  who: { required: true }
stages: { a: { run: x } }`;

describe('compilePlan', () => {
  it('fills in every default of a stage', () => {
    const { plan } = compile(`
env: { A: top }
defaults: { timeout: 5m, shell: bash, working-directory: app, env: { B: default, C: default } }
stages:
  a: { run: "\\n# first\\nnpm ci\\n", env: { C: own } }`);
    expect(plan).toMatchObject({ name: 'release', workspace: 'shared', env: { A: 'top' }, timeoutMs: null });
    expect(plan?.stages).toEqual([
      {
        id: 'a',
        name: 'a',
        kind: 'run',
        needs: [],
        steps: [
          {
            id: 'step-1',
            name: 'npm ci',
            body: { type: 'run', script: '\n# first\nnpm ci\n', shell: 'bash' },
            env: {},
            workingDirectory: null,
            timeoutMs: null,
            continueOnError: false,
            condition: null,
          },
        ],
        env: { B: 'default', C: 'own' },
        workingDirectory: 'app',
        timeoutMs: 300_000,
        continueOnError: false,
        artifacts: [],
        reports: { junit: [], coverage: [] },
        outputs: {},
        condition: null,
        retry: null,
        approval: null,
        matrix: null,
        leg: null,
        caches: [],
        skipIfUnchanged: null,
        secrets: [],
        environment: null,
        locks: [],
        concurrency: null,
        slots: 1,
        state: [],
        hooks: { success: null, failure: null },
        line: 5,
      },
    ]);
  });

  it('takes what a stage says about when, how often and beside what it runs', () => {
    const { plan, issues } = compile(`
fail-fast: true
max-parallel: 3
on-restart: resume
concurrency: { group: 'deploy-\${{ inputs.where }}', cancel-in-progress: true }
vars: { REGION: eu, MAJOR: 1.10 }
state: { deployed: { default: none }, count: '0', other: }
inputs: { where: { default: here } }
defaults: { retry: 2, continue-on-error: true }
stages:
  a:
    if: \${{ inputs.where == 'here' }}
    run: x
    retry: { max: 3, backoff: exponential, delay: 5s, max-delay: 1m, jitter: true, on: [timed-out] }
    continue-on-error: false
    cache: { key: k, restore-keys: [r], paths: [p, q] }
    skip-if-unchanged: { files: src/**, env: CC, tools: node }
    secrets: [TOKEN, TOKEN]
    environment: { name: 'to-\${{ inputs.where }}', url: 'https://x' }
    locks: ['db-\${{ vars.REGION }}']
    slots: 2
    state: deployed
    hooks: { success: echo yes, failure: echo no }
  b:
    secrets: { PASSWORD: DB_PASSWORD }
    retry: { max: 0 }
    skip-if-unchanged: true
    steps: [{ run: x, if: failure() }]
  c: { approval: { message: 'Go?', approvers: ann, timeout: 2d, on-timeout: approve } }
  d: { approval: {}, retry: { max: 1, backoff: linear } }`);
    expect(issues).toEqual([]);
    expect(plan).toMatchObject({
      failFast: true,
      maxParallel: 3,
      onRestart: 'resume',
      concurrency: { group: 'deploy-${{ inputs.where }}', cancelInProgress: true },
      vars: { REGION: 'eu', MAJOR: '1.10' },
      state: { deployed: 'none', count: '0', other: '' },
    });
    expect(plan?.stages).toMatchObject([
      {
        condition: "inputs.where == 'here'",
        retry: {
          max: 3,
          backoff: 'exponential',
          delayMs: 5_000,
          maxDelayMs: 60_000,
          jitter: 0.5,
          on: ['timed-out'],
        },
        continueOnError: false,
        caches: [{ key: 'k', restoreKeys: ['r'], paths: ['p', 'q'] }],
        skipIfUnchanged: { files: ['src/**'], env: ['CC'], tools: ['node'] },
        secrets: ['TOKEN'],
        environment: 'to-here',
        locks: ['db-eu'],
        concurrency: null,
        slots: 2,
        state: ['deployed'],
        hooks: { success: 'echo yes', failure: 'echo no' },
      },
      {
        secrets: ['DB_PASSWORD'],
        env: { PASSWORD: '${{ secrets.DB_PASSWORD }}' },
        retry: null,
        continueOnError: true,
        skipIfUnchanged: { files: ['**'], env: [], tools: [] },
        steps: [{ condition: 'failure()' }],
      },
      {
        kind: 'approval',
        steps: [],
        approval: { message: 'Go?', allowed: ['ann'], timeoutMs: 172_800_000, onTimeout: 'approve' },
        retry: {
          max: 2,
          backoff: 'constant',
          delayMs: 0,
          jitter: 0,
          on: ['failed', 'timed-out', 'infra-error'],
        },
      },
      {
        approval: { message: 'Go on with d?', allowed: [], timeoutMs: null, onTimeout: 'reject' },
        retry: { max: 1, backoff: 'linear', delayMs: 1_000 },
      },
    ]);
  });

  it('makes one step of a kind, whose JUnit files are reports of the stage', () => {
    const { plan } = compile(`
stages:
  t:
    uses: test.unit
    with: { command: npm test, junit: [a.xml, b.xml] }
    reports: { junit: b.xml }`);
    expect(plan?.stages[0]).toMatchObject({
      kind: 'test.unit',
      reports: { junit: ['b.xml'], coverage: [] },
      steps: [
        {
          id: 'step-1',
          name: 'test.unit',
          body: { type: 'uses', kind: 'test.unit', with: { command: 'npm test' } },
        },
      ],
    });
  });

  it('lets the shell of a step win over that of the stage, and that over the defaults', () => {
    const { plan } = compile(`
defaults: { shell: sh }
stages:
  a: { shell: bash, steps: [{ run: x, id: one, timeout: 5 }, { run: y, shell: pwsh }] }
  b: { run: z }`);
    const shells = plan?.stages.flatMap((stage) =>
      stage.steps.map((step) => [step.id, step.body, step.timeoutMs]),
    );
    expect(shells).toEqual([
      ['one', { type: 'run', script: 'x', shell: 'bash' }, 5_000],
      ['step-2', { type: 'run', script: 'y', shell: 'pwsh' }, null],
      ['step-1', { type: 'run', script: 'z', shell: 'sh' }, null],
    ]);
  });

  it('puts excluded files behind the paths of an artifact', () => {
    const { plan } = compile(
      `stages: { a: { run: x, artifacts: { name: n, paths: [d, e], exclude: ["*.map"] } } }`,
    );
    expect(plan?.stages[0]?.artifacts).toEqual([
      { name: 'n', paths: ['d', 'e', '!*.map'], ifNoFilesFound: 'warn' },
    ]);
  });

  it('says how long runs and artifacts are kept, where the file does', () => {
    const { plan } = compile(`
retention: { age: 30d }
stages: { a: { run: x, artifacts: [{ name: n, paths: d, retention: 1h }, { name: o, paths: d }] } }`);
    expect(plan?.retention).toEqual({ ageMs: 30 * 86_400_000, runs: null });
    expect(plan?.stages[0]?.artifacts.map(({ retentionMs }) => retentionMs)).toEqual([3_600_000, undefined]);
    expect(compile('stages: { a: { run: x } }').plan).not.toHaveProperty('retention');
  });

  it.each(['pool', '{ pool: linux }'])('refuses to run a stage without its pool, `%s`', (pool) => {
    const source = `inputs: { x: { default: a } }\nstages:\n  a: { run: x, runs-on: ${pool} }\n  b: { run: y }`;
    expect(issuesOf(source)).toEqual([
      'ci/release.yml:3:1 error unsupported-stage Stage `a` cannot run yet: a pool of runners works from a later version (run the other stages with --stage, or let it run in a container or on a host)',
    ]);
    expect(compile(source, { stages: ['b'] }).plan?.stages).toHaveLength(1);
  });

  it('refuses the stages that a default sends to a pool, and no others', () => {
    const source = `
defaults: { runs-on: pool }
stages: { a: { run: x }, b: { run: x, runs-on: local }, c: { run: x, container: node }, d: { approval: {} } }`;
    expect(issuesOf(source).map((issue) => /Stage `(.)`/.exec(issue)?.[1])).toEqual(['a']);
  });

  it('leaves the reports of a kind to the kind, and takes those that the stage names', () => {
    const { plan } = compile(`
stages:
  a:
    uses: test.unit
    with: { junit: [a.xml, b.xml], coverage: lcov.info }
    reports: { junit: a.xml, coverage: more.info }`);
    expect(plan?.stages[0]?.reports).toEqual({
      junit: ['a.xml'],
      coverage: ['more.info'],
    });
  });

  it('selects stages with all that they need, in the order of the file', () => {
    const source = `
stages:
  deploy: { run: x, needs: package }
  other: { run: x }
  package: { run: x, needs: [build] }
  build: { run: x }`;
    expect(compile(source, { stages: ['package'] }).plan?.stages.map((stage) => stage.id)).toEqual([
      'package',
      'build',
    ]);
    expect(issuesOf(source, { stages: ['pakage'] })).toEqual([
      'ci/release.yml error unknown-stage There is no stage `pakage` (did you mean `package`?)',
    ]);
  });

  it('takes inputs as texts and gives values of their types', () => {
    const given = { count: '3.5', dry: 'true', target: 'staging', who: 'me' };
    expect(compile(INPUTS, { inputs: given }).plan?.inputs).toEqual({
      name: '1.10',
      count: 3.5,
      dry: true,
      target: 'staging',
      who: 'me',
    });
    expect(compile(INPUTS, { inputs: { who: 'me' } }).plan?.inputs).toEqual({
      name: '1.10',
      dry: false,
      who: 'me',
    });
  });

  it.each([
    [
      { who: 'x', count: 'many' },
      'ci/release.yml:4:1 error invalid-input Input `count` must be a number, but is `many`',
    ],
    [
      { who: 'x', count: ' ' },
      'ci/release.yml:4:1 error invalid-input Input `count` must be a number, but is ``',
    ],
    [
      { who: 'x', dry: 'yes' },
      'ci/release.yml:5:1 error invalid-input Input `dry` must be true or false, but is `yes`',
    ],
    [
      { who: 'x', target: 'moon' },
      'ci/release.yml:6:1 error invalid-input Input `target` must be one of staging, production, but is `moon`',
    ],
    [
      { who: 'x', cuont: '1' },
      'ci/release.yml error unknown-input There is no input `cuont` (did you mean `count`?)',
    ],
    [
      {},
      'ci/release.yml:7:1 error missing-input Input `who` is required and has no value (give it one with --input who=…)',
    ],
    [
      { who: '' },
      'ci/release.yml:7:1 error missing-input Input `who` is required and has no value (give it one with --input who=…)',
    ],
  ])('refuses the inputs %j', (inputs, expected) => {
    const { plan, issues } = compile(INPUTS, { inputs: inputs });
    expect(issues.map(formatIssue)).toEqual([expected]);
    expect(plan).toBeNull();
  });

  it.each([
    [
      'a circle',
      'stages: { a: { run: x, needs: b }, b: { run: x, needs: a } }',
      'error cycle Stages need each other in a circle: a -> b -> a',
    ],
    [
      'a missing stage',
      'stages: { a: { run: x, needs: b } }',
      'error missing-need Stage `a` needs `b`, which does not exist',
    ],
    [
      'a stage without body',
      'stages: { a: { name: x } }',
      'error missing-body Stage `a` says not (or not clearly) what to do',
    ],
    ['no stages', 'stages: {}', 'error empty-stages The pipeline has no stages to run'],
  ])('makes no plan of %s', (_, source, expected) => {
    expect(compile(source).plan).toBeNull();
    expect(issuesOf(source)[0]).toContain(expected);
  });

  it('runs the stages beside a broken one when only they are chosen', () => {
    const source = 'stages: { a: { name: nothing }, b: { run: x } }';
    expect(compile(source, { stages: ['b'] }).plan?.stages).toHaveLength(1);
  });
});
