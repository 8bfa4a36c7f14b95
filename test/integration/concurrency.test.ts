import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { type CliFixture, createCliFixture, type RunningCli } from './cli-fixture.ts';
import { type ShownRun, stageOf, statuses } from './shown-run.ts';

const started = (run: RunningCli, stage: string): Promise<string> =>
  run.until((stdout) => stdout.includes(`"attempt-started","stage":"${stage}"`));
const waits = (run: RunningCli, stage: string): Promise<string> =>
  run.until((stdout) => stdout.includes(`"stage-queued","stage":"${stage}"`));

const runIdOf = (stdout: string): string => /"runId":"([^"]+)"/.exec(stdout)![1]!;
const read = ({ projectDir }: CliFixture, file: string): string =>
  readFileSync(path.join(projectDir, file), 'utf8');

/** Until a file `go` lies in the project. */
const WAIT = 'until test -e go; do sleep 0.05; done';

it('lets stages of one group wait for each other, over runs of two processes', async () => {
  await using fixture = createCliFixture(`
workspace: in-place
inputs: { target: { default: staging } }
stages:
  build: { run: 'true' }
  deploy:
    needs: build
    concurrency: deploy-\${{ inputs.target }}
    run: 'echo begin \${{ run.number }} >> order; ${WAIT}; echo end \${{ run.number }} >> order'
`);
  const first = fixture.start('--format', 'ndjson', 'run');
  await started(first, 'deploy');
  const second = fixture.start('--format', 'ndjson', 'run');
  await waits(second, 'deploy');
  const shown = await fixture.cli('runs', 'show', 'latest');
  expect(shown.stdout).toContain('waits for the group deploy-staging');
  fixture.write('go', '');
  expect((await first.result).code).toBe(0);
  expect((await second.result).code).toBe(0);
  expect(read(fixture, 'order').trim().split('\n')).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2']);
});

it('ends the stage that holds the group, and no other, when a newer one of another process asks for it', async () => {
  await using fixture = createCliFixture(`
workspace: in-place
stages:
  other: { run: '${WAIT}' }
  preview:
    concurrency: { group: preview, cancel-in-progress: true }
    run: 'test \${{ run.number }} = 2 || sleep 600'
  after: { needs: preview, run: 'true' }
`);
  const first = fixture.start('--format', 'ndjson', 'run', '--max-parallel', '4');
  const id = runIdOf(await started(first, 'preview'));
  const second = fixture.start('--format', 'ndjson', 'run', '--max-parallel', '4');
  await second.until((stdout) => stdout.includes('"stage-finished","stage":"preview","status":"succeeded"'));
  fixture.write('go', '');
  expect((await second.result).code).toBe(0);
  expect((await first.result).code).toBe(3);
  const run = await fixture.json<ShownRun>('runs', 'show', id);
  expect(statuses(run)).toEqual({ other: 'succeeded', preview: 'cancelled', after: 'skipped' });
  expect((await fixture.cli('logs', id, 'preview')).stdout).toContain('cancelled by superseded');
});

it('lets stages of one run wait for each other, also where newer ones end older ones', async () => {
  await using fixture = createCliFixture(`
workspace: in-place
stages:
  each:
    matrix: { n: [1, 2, 3] }
    concurrency: { group: one, cancel-in-progress: true }
    run: 'mkdir lock && rmdir lock'
`);
  const run = await fixture.json<ShownRun>('run', '--max-parallel', '4');
  expect(run.status).toBe('succeeded');
});

it('ends a whole run of another process that a newer one of its group replaces', async () => {
  await using fixture = createCliFixture(`
workspace: in-place
concurrency: { group: 'only-\${{ git.branch }}', cancel-in-progress: true }
stages: { a: { run: '${WAIT}' } }
`);
  const first = fixture.start('--format', 'ndjson', 'run');
  await started(first, 'a');
  const second = fixture.start('--format', 'ndjson', 'run');
  await started(second, 'a');
  expect((await first.result).code).toBe(3);
  fixture.write('go', '');
  expect((await second.result).code).toBe(0);
});

it('gives the group on when the host of the stage that holds it is killed', async () => {
  await using fixture = createCliFixture(`
workspace: in-place
stages:
  deploy: { concurrency: deploy, run: 'test \${{ run.number }} = 2 || sleep 600' }
`);
  const first = fixture.start('--format', 'ndjson', 'run');
  const id = runIdOf(await started(first, 'deploy'));
  const second = fixture.start('--format', 'ndjson', 'run');
  await waits(second, 'deploy');
  first.process.kill('SIGKILL');
  expect((await second.result).code).toBe(0);
  await first.result;
  const run = await fixture.json<ShownRun>('runs', 'show', id);
  expect(stageOf(run, 'deploy').status).toBe('ready');
});
