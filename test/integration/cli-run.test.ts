import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { RunEvent } from '#shared/run/events.ts';
import { isAlive } from '#test/support/execution.ts';
import { createCliFixture, jsonLines } from './cli-fixture.ts';

interface ShownRun {
  readonly status: string;
  readonly stages: readonly {
    readonly id: string;
    readonly status: string;
    readonly attempts: readonly { readonly outcome: string; readonly exitCode: number | null }[];
  }[];
}

const statuses = ({ stages }: ShownRun): Record<string, string> =>
  Object.fromEntries(stages.map(({ id, status }) => [id, status]));

const HELLO = `
name: Hello
workspace: in-place
inputs:
  who: { type: string, default: world }
  mood: { type: choice, options: [good, bad], default: good }
stages:
  greet: { run: 'echo "hello \${{ inputs.who }}"; echo "greeting=hi" >> "$PIPEWRIGHT_OUTPUT"' }
  answer: { needs: [greet], run: 'echo "\${{ needs.greet.outputs.greeting }} back"' }
  alone: { run: 'true' }
`;

it('runs a pipeline, says what happens line by line, and ends with 0', async () => {
  await using fixture = createCliFixture(HELLO);
  const { code, stdout, stderr } = await fixture.cli('run', '--input', 'who=you');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^Hello #1 \([a-z0-9]{16}, 3 stages\)\n/);
  expect(stdout).toMatch(/✓ answer/);
  expect(stdout).toMatch(/\nSucceeded in /);
  expect((await fixture.cli('logs', 'latest', 'greet')).stdout).toBe('hello you\n');
  expect((await fixture.cli('logs', 'latest', 'answer')).stdout).toBe('hi back\n');
});

it('writes the stored events as ndjson, the last one run-finished', async () => {
  await using fixture = createCliFixture(HELLO);
  const { code, stdout } = await fixture.cli('--format', 'ndjson', 'run');
  const events = jsonLines<RunEvent>(stdout);
  expect(code).toBe(0);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_event, index) => index + 1));
  expect(events[0]?.type).toBe('run-created');
  expect(events.at(-1)).toMatchObject({ type: 'run-finished', runId: events[0]?.runId, status: 'succeeded' });
});

it('runs only the chosen stages and what they need', async () => {
  await using fixture = createCliFixture(HELLO);
  const run = await fixture.json<ShownRun>('run', '--stage', 'answer');
  expect(statuses(run)).toEqual({ greet: 'succeeded', answer: 'succeeded' });
});

it('ends with 1 when a stage fails, skips what needs it and shows the end of its log', async () => {
  await using fixture = createCliFixture(`
workspace: in-place
stages:
  bad: { run: 'echo about to fail; exit 7' }
  after: { needs: [bad], run: 'true' }
  allowed: { run: 'exit 1', continue-on-error: true }
  next: { needs: [allowed], run: 'true' }
`);
  const { code, stdout } = await fixture.cli('run');
  expect(code).toBe(1);
  expect(stdout).toMatch(/✗ bad .*exit code 7/);
  expect(stdout).toMatch(/- after .*skipped: bad failed/);
  expect(stdout).toContain('  about to fail\n');
  expect(stdout).toMatch(/pipewright logs [a-z0-9]{16} bad/);
  const run = await fixture.json<ShownRun>('runs', 'show', 'latest');
  expect(statuses(run)).toEqual({ bad: 'failed', after: 'skipped', allowed: 'failed', next: 'succeeded' });
  expect(run.stages[0]?.attempts).toMatchObject([{ outcome: 'failed', exitCode: 7 }]);
});

it.each([
  ['an unknown input', ['--input', 'whom=x'], /did you mean `who`/],
  ['a value that is no option', ['--input', 'mood=meh'], /good, bad/],
  ['an input without a value', ['--input', 'who'], /--input name=value/],
  ['an unknown stage', ['--stage', 'anser'], /did you mean `answer`/],
  ['a file that is not there', ['nope.yml'], /nope\.yml.*pipewright\.yml/],
  ['an unknown option', ['--nope'], /unknown option/],
  ['a run to go on with that is not there', ['--resume', 'latest'], /no runs yet/],
  ['a file beside a run to go on with', ['--resume', 'latest', 'x.yml'], /as it was planned/],
  ['a situation outside of a dry run', ['--branch', 'main'], /Add --dry-run/],
  [
    'containers without an image',
    ['--executor', 'docker'],
    /no devcontainer\.json and no Dockerfile.*--image/,
  ],
  ['an image for stages of this machine', ['--image', 'tools'], /Add --executor docker/],
])('refuses %s with 2 and makes no run', async (_what, args, message) => {
  await using fixture = createCliFixture(HELLO);
  const { code, stdout, stderr } = await fixture.cli('run', ...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(message);
  expect(readdirSync(fixture.projectDir)).toEqual(['pipewright.yml']);
});

it('shows the order of a dry run without writing anything', async () => {
  await using fixture = createCliFixture(HELLO);
  const { code, stdout } = await fixture.cli('run', '--dry-run');
  expect(code).toBe(0);
  expect(stdout.indexOf('\ngreet')).toBeLessThan(stdout.indexOf('\nanswer'));
  await expect(fixture.json('runs', 'list')).resolves.toEqual([]);
});

it('cancels the run at the first signal, ends its processes and ends with 3', async () => {
  await using fixture = createCliFixture(`
workspace: in-place
stages:
  long: { run: 'sleep 600 & echo $! > pid; echo started; wait' }
  after: { needs: [long], run: 'true' }
`);
  const run = fixture.start('--format', 'ndjson', 'run');
  await run.until((stdout) => stdout.includes('attempt-started'));
  const follower = fixture.start('logs', 'latest', 'long', '--follow');
  await follower.until((stdout) => stdout.includes('started'));
  run.process.kill('SIGINT');
  const { code, stdout } = await run.result;
  expect(code).toBe(3);
  expect(jsonLines<RunEvent>(stdout).at(-1)).toMatchObject({ type: 'run-finished', status: 'cancelled' });
  expect((await follower.result).code).toBe(0);
  expect(isAlive(Number(readFileSync(`${fixture.projectDir}/pid`, 'utf8')))).toBe(false);
});

it('cancels a run that another process runs', async () => {
  await using fixture = createCliFixture("workspace: in-place\nstages: { long: { run: 'sleep 600' } }\n");
  const run = fixture.start('--format', 'ndjson', 'run');
  await run.until((stdout) => stdout.includes('attempt-started'));
  expect((await fixture.cli('runs', 'rm', 'latest')).code).toBe(2);
  expect((await fixture.cli('runs', 'cancel', 'latest')).code).toBe(0);
  expect((await run.result).code).toBe(3);
  expect((await fixture.cli('runs', 'cancel', 'latest')).stderr).toMatch(/is over: cancelled/);
});

it('runs two pipelines at once on one data folder', async () => {
  await using fixture = createCliFixture(HELLO);
  const results = await Promise.all([fixture.cli('run'), fixture.cli('run')]);
  expect(results.map(({ code }) => code)).toEqual([0, 0]);
  const runs = await fixture.json<{ number: number; status: string }[]>('runs', 'list');
  expect(runs.map(({ number }) => number).toSorted()).toEqual([1, 2]);
  expect(runs.every(({ status }) => status === 'succeeded')).toBe(true);
});

it('runs to its end when the reader of its output goes away', async () => {
  await using fixture = createCliFixture(HELLO);
  const run = fixture.start('--format', 'ndjson', 'run');
  await run.until((stdout) => stdout.includes('run-created'));
  run.process.stdout?.destroy();
  expect(await run.result).toMatchObject({ code: 0, stderr: '' });
  expect(await fixture.json<object[]>('runs', 'list')).toMatchObject([{ status: 'succeeded' }]);
});
