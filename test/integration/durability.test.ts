import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { RunEvent } from '#shared/run/events.ts';
import { type CliFixture, createCliFixture, jsonLines } from './cli-fixture.ts';
import { type ShownRun, stageOf, statuses } from './shown-run.ts';

/** `long` blocks in its first attempt only. */
const INTERRUPTED = (extra = ''): string => `
workspace: in-place
${extra}
stages:
  first: { run: 'echo x >> first; echo "v=1" >> "$PIPEWRIGHT_OUTPUT"' }
  long:
    needs: [first]
    run: 'echo x >> long; echo begun; if [ "$(wc -l < long)" -eq 1 ]; then sleep 600; fi; echo "v=\${{ needs.first.outputs.v }}" > seen'
  after: { needs: [long], run: 'true' }
`;

async function killInMidRun(fixture: CliFixture): Promise<void> {
  const run = fixture.start('--format', 'ndjson', 'run');
  await run.until((stdout) => stdout.includes('"attempt-started","stage":"long"'));
  const follower = fixture.start('logs', 'latest', 'long', '--follow');
  await follower.until((stdout) => stdout.includes('begun'));
  for (const command of [run, follower]) {
    command.process.kill('SIGKILL');
    await command.result;
  }
}

const linesOf = ({ projectDir }: CliFixture, file: string): number =>
  readFileSync(path.join(projectDir, file), 'utf8').trim().split('\n').length;

it.each([[['runs', 'resume', 'latest']], [['run', '--resume', 'latest']]])(
  'goes on with a killed run by `%s`: what had finished stays, what was under way is tried again',
  async (args) => {
    await using fixture = createCliFixture(INTERRUPTED());
    await killInMidRun(fixture);
    expect(await fixture.json<ShownRun>('runs', 'show', 'latest')).toMatchObject({ status: 'interrupted' });
    const { code, stdout } = await fixture.cli('--format', 'ndjson', ...args);
    expect(code).toBe(0);
    const events = jsonLines<RunEvent>(stdout);
    expect(events[0]).toMatchObject({ type: 'run-resumed' });
    expect(events.at(-1)).toMatchObject({ type: 'run-finished', status: 'succeeded' });
    const run = await fixture.json<ShownRun>('runs', 'show', 'latest');
    expect(run.stages.map(({ id, attempts }) => [id, attempts.map(({ outcome }) => outcome)])).toEqual([
      ['first', ['succeeded']],
      ['long', ['infra-error', 'succeeded']],
      ['after', ['succeeded']],
    ]);
    expect(linesOf(fixture, 'first')).toBe(1);
    expect(readFileSync(path.join(fixture.projectDir, 'seen'), 'utf8')).toBe('v=1\n');
    expect(await fixture.json<object[]>('runs', 'list')).toMatchObject([{ status: 'succeeded' }]);
    const again = await fixture.cli(...args);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('is not interrupted but succeeded');
  },
);

it('shows a run that goes on as `run` does, and keeps waiting for a person', async () => {
  await using fixture = createCliFixture(`
workspace: in-place
stages:
  ask: { approval: {} }
  ship: { needs: [ask], run: 'true' }
`);
  const run = fixture.start('--format', 'ndjson', 'run');
  await run.until((stdout) => stdout.includes('"approval-requested"'));
  run.process.kill('SIGKILL');
  await run.result;
  const early = await fixture.cli('approve', 'latest', 'ask');
  expect(early.code).toBe(2);
  expect(early.stderr).toMatch(/interrupted; go on with it first: pipewright runs resume/);
  const resumed = fixture.start('runs', 'resume', 'latest');
  await resumed.until((stdout) => stdout.includes('going on where it stopped'));
  expect(await fixture.json<object[]>('runs', 'list')).toMatchObject([{ status: 'running' }]);
  expect((await fixture.cli('approve', 'latest', 'ask')).code).toBe(0);
  const { code, stdout } = await resumed.result;
  expect(code).toBe(0);
  expect(stdout).toMatch(/✓ ship/);
});

it('lets one of two that resume at the same time go on', async () => {
  await using fixture = createCliFixture(INTERRUPTED());
  await killInMidRun(fixture);
  const results = await Promise.all([1, 2].map(() => fixture.cli('runs', 'resume', 'latest')));
  expect(results.map(({ code }) => code).toSorted()).toEqual([0, 2]);
  expect(stageOf(await fixture.json<ShownRun>('runs', 'show', 'latest'), 'long').attempts).toHaveLength(2);
});

it('goes on by itself under `serve` when the file says so, and not under a command that ends', async () => {
  await using fixture = createCliFixture(INTERRUPTED('on-restart: resume'));
  await killInMidRun(fixture);
  expect(await fixture.json<object[]>('runs', 'list')).toMatchObject([{ status: 'interrupted' }]);
  const serve = fixture.start('--format', 'ndjson', 'serve');
  await serve.until((stdout) => stdout.includes('"url"'));
  const follower = fixture.start('logs', 'latest', 'after', '--follow');
  expect((await follower.result).code).toBe(0);
  serve.process.kill('SIGTERM');
  expect((await serve.result).code).toBe(0);
  const run = await fixture.json<ShownRun>('runs', 'show', 'latest');
  expect(statuses(run)).toEqual({ first: 'succeeded', long: 'succeeded', after: 'succeeded' });
});

it('runs again what failed with the files of the first run, and reuses the rest', async () => {
  await using fixture = createCliFixture(`
stages:
  build: { run: 'echo built > file; echo "v=7" >> "$PIPEWRIGHT_OUTPUT"' }
  legs: { needs: [build], matrix: { n: [1, 2] }, run: 'true' }
  test: { needs: [legs], run: 'cat file; test -e again || { touch again; exit 1; }' }
  pack: { needs: [build, test], run: 'echo "v\${{ needs.build.outputs.v }}"' }
`);
  const first = await fixture.json<ShownRun>('run');
  expect(first.status).toBe('failed');
  const { code, stdout } = await fixture.cli('runs', 'rerun', 'latest');
  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`✓ build .*reused from run ${first.id}`));
  const second = await fixture.json<ShownRun>('runs', 'show', 'latest');
  const reused = { runId: first.id, because: 'rerun' };
  const isReused = ({ reusedFrom }: ShownRun['stages'][number]): boolean => reusedFrom?.runId === first.id;
  expect(second.stages.filter((stage) => !isReused(stage)).map(({ id }) => id)).toEqual(['test', 'pack']);
  expect(stageOf(second, 'build')).toMatchObject({ reusedFrom: reused, attempts: [], outputs: { v: '7' } });
  expect((await fixture.cli('logs', 'latest', 'test')).stdout).toBe('built\n');
  expect((await fixture.cli('logs', 'latest', 'pack')).stdout).toBe('v7\n');
  const third = await fixture.cli('runs', 'rerun', 'latest');
  expect(third).toMatchObject({ code: 2, stdout: '' });
  expect(third.stderr).toContain('Nothing failed');
  const one = await fixture.json<ShownRun>('runs', 'rerun', 'latest', '--stage', 'test');
  expect(one.stages.filter(({ reusedFrom }) => reusedFrom === null).map(({ id }) => id)).toEqual([
    'test',
    'pack',
  ]);
});

it.each(['a signal', 'another process'])(
  'ends a run that goes on and still waits for its concurrency group, when %s cancels it',
  async (who) => {
    await using fixture = createCliFixture(`
workspace: in-place
concurrency: { group: one }
stages: { long: { run: 'sleep 600' } }
`);
    const first = fixture.start('--format', 'ndjson', 'run');
    await first.until((stdout) => stdout.includes('attempt-started'));
    first.process.kill('SIGKILL');
    await first.result;
    const { id } = await fixture.json<ShownRun>('runs', 'show', 'latest');
    const second = fixture.start('--format', 'ndjson', 'run');
    await second.until((stdout) => stdout.includes('attempt-started'));
    const resumed = fixture.start('--format', 'ndjson', 'runs', 'resume', id);
    await untilListed(fixture, id, 'queued');
    if (who === 'a signal') resumed.process.kill('SIGINT');
    else expect((await fixture.cli('runs', 'cancel', id)).code).toBe(0);
    expect((await resumed.result).code).toBe(3);
    expect(await fixture.json<ShownRun>('runs', 'show', id)).toMatchObject({ status: 'cancelled' });
    second.process.kill('SIGINT');
    expect((await second.result).code).toBe(3);
  },
);

async function untilListed(fixture: CliFixture, id: string, status: string): Promise<void> {
  for (;;) {
    const runs = await fixture.json<{ id: string; status: string }[]>('runs', 'list');
    if (runs.some((run) => run.id === id && run.status === status)) return;
  }
}
