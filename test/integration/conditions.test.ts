import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createCliFixture } from './cli-fixture.ts';
import { type ShownRun, stageOf, statuses } from './shown-run.ts';

it('skips by conditions over inputs, outputs and status, and says which did not hold', async () => {
  await using fixture = createCliFixture(`
workspace: in-place
inputs: { target: { default: staging } }
stages:
  build: { run: 'echo "kind=big" >> "$PIPEWRIGHT_OUTPUT"' }
  big: { needs: [build], if: needs.build.outputs.kind == 'big', run: 'true' }
  production: { needs: [build], if: inputs.target == 'production', run: 'true' }
  broken: { needs: [build], run: 'exit 3' }
  after: { needs: [broken], run: 'true' }
  report: { needs: [after], if: failure(), run: 'true' }
  clean: { needs: [after], if: always(), run: 'true' }
`);
  const { code, stdout } = await fixture.cli('run');
  expect(code).toBe(1);
  expect(stdout).toContain("skipped: inputs.target == 'production' does not hold");
  const run = await fixture.json<ShownRun>('runs', 'show', 'latest');
  expect(statuses(run)).toEqual({
    build: 'succeeded',
    big: 'succeeded',
    production: 'skipped',
    broken: 'failed',
    after: 'skipped',
    report: 'succeeded',
    clean: 'succeeded',
  });
  expect(stageOf(run, 'after').reason).toEqual({ type: 'upstream', stage: 'broken', status: 'failed' });
});

it('tries again until an attempt succeeds, and says on which one', async () => {
  await using fixture = createCliFixture(`
workspace: in-place
stages:
  flaky:
    retry: { max: 3, delay: 10ms }
    run: 'echo x >> tries; test "$(wc -l < tries)" -ge 3'
  hopeless: { retry: { max: 1, delay: 10ms }, continue-on-error: true, run: 'exit 4' }
  next: { needs: [hopeless], run: 'true' }
`);
  const { code, stdout } = await fixture.cli('run');
  expect(code).toBe(0);
  expect(stdout).toMatch(/✓ flaky .*on attempt 3/);
  expect(stdout).toMatch(/✗ hopeless .*exit code 4, 2 attempts/);
  const run = await fixture.json<ShownRun>('runs', 'show', 'latest');
  expect(stageOf(run, 'flaky').attempts.map(({ outcome }) => outcome)).toEqual([
    'failed',
    'failed',
    'succeeded',
  ]);
  expect(statuses(run)).toEqual({ flaky: 'succeeded', hopeless: 'failed', next: 'succeeded' });
});

it('runs hooks after success and after failure', async () => {
  await using fixture = createCliFixture(`
workspace: in-place
stages:
  good: { run: 'true', hooks: { success: 'echo good > good', failure: 'echo no > wrong' } }
  bad: { run: 'exit 1', hooks: { success: 'echo no > wrong', failure: 'echo bad > bad' } }
`);
  expect((await fixture.cli('run')).code).toBe(1);
  const made = (file: string): boolean => existsSync(path.join(fixture.projectDir, file));
  expect(['good', 'bad', 'wrong'].map(made)).toEqual([true, true, false]);
});

it('shows the legs of matrices, fixed and from outputs, with their values instead of the matrix', async () => {
  await using fixture = createCliFixture(`
workspace: in-place
stages:
  list: { run: 'echo "names=[\\"a\\",\\"b\\"]" >> "$PIPEWRIGHT_OUTPUT"' }
  fixed:
    matrix: { size: [1, 2], include: [{ size: 3, extra: yes }] }
    run: 'echo "size \${{ matrix.size }}"'
  grown:
    needs: [list]
    matrix: { name: '\${{ fromJSON(needs.list.outputs.names) }}' }
    run: 'echo "name \${{ matrix.name }}"'
  after: { needs: [fixed, grown], run: 'true' }
`);
  const run = await fixture.json<ShownRun>('run');
  expect(run.status).toBe('succeeded');
  const legs = run.stages.filter(({ matrix }) => matrix !== null);
  expect(legs.map(({ matrix }) => matrix)).toEqual([
    { size: 1 },
    { size: 2 },
    { size: 3, extra: 'yes' },
    { name: 'a' },
    { name: 'b' },
  ]);
  expect(run.stages.map(({ id }) => id)).not.toContain('fixed');
  expect(stageOf(run, 'after').needs).toEqual(legs.map(({ id }) => id));
  const leg = legs.at(-1)?.id ?? '';
  expect((await fixture.cli('logs', run.id, leg)).stdout).toBe('name b\n');
});

it('runs nothing in a dry run, but says what would run, what not and why', async () => {
  await using fixture = createCliFixture(`
on: { push: { branches: [main], paths: ['src/**'] } }
workspace: in-place
stages:
  list: { run: 'touch made' }
  main: { if: git.branch == 'main', run: 'touch made' }
  grown: { needs: [list], matrix: { n: '\${{ fromJSON(needs.list.outputs.n) }}' }, run: 'touch made' }
  never: { needs: [grown], if: "false", run: 'touch made' }
  behind: { needs: [never], run: 'touch made' }
`);
  const onMain = await fixture.cli(
    'run',
    '--dry-run',
    '--event',
    'push',
    '--branch',
    'main',
    '--changed',
    'src/a',
  );
  expect(onMain).toMatchObject({ code: 0, stderr: '' });
  expect(onMain.stdout).toMatch(/\nmain\n/);
  expect(onMain.stdout).toMatch(/\ngrown {2}after list\n {2}once for each leg/);
  expect(onMain.stdout).toMatch(/leave out:\nnever .*false does not hold\nbehind .*never skipped/);
  const elsewhere = await fixture.json<ShownRun>('run', '--dry-run', '--branch', 'topic');
  expect(stageOf(elsewhere, 'main')).toMatchObject({
    status: 'skipped',
    reason: { type: 'condition', expression: "git.branch == 'main'" },
  });
  const filtered = await fixture.cli(
    'run',
    '--dry-run',
    '--event',
    'push',
    '--branch',
    'main',
    '--changed',
    'doc',
  );
  expect(filtered.stderr).toContain('would start no run: no chosen file changed');
  expect((await fixture.cli('run', '--event', 'push')).code).toBe(2);
  expect(existsSync(path.join(fixture.projectDir, 'made'))).toBe(false);
});

it('never lets two runs hold one lock at the same time', async () => {
  await using fixture = createCliFixture(`
workspace: in-place
stages:
  alone:
    locks: [door]
    run: 'echo in >> order; test ! -e inside; touch inside; i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; rm inside; echo out >> order'
`);
  const results = await Promise.all([1, 2, 3].map(() => fixture.cli('run')));
  expect(results.map(({ code }) => code)).toEqual([0, 0, 0]);
  const order = readFileSync(path.join(fixture.projectDir, 'order'), 'utf8').trim().split('\n');
  expect(order).toEqual(['in', 'out', 'in', 'out', 'in', 'out']);
});
