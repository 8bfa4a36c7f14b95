import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openPty } from '#main/executors/pty/open-pty.ts';
import { runIdOf, stageIdOf } from '#shared/lib/ids.ts';
import type { ShellOutput } from '#shared/api/procedures/shell.ts';
import { isAlive } from '#test/support/execution.ts';
import { hasTerminal, onTerminal } from '#test/support/terminal.ts';
import { type ApiError, createApiFixture } from './api-fixture.ts';
import { createCliFixture } from './cli-fixture.ts';
import { cliWith } from './cli-stdin.ts';
import { reading, runToFailure, runToPause, SECRET, SIZE, startRun, untilEvent } from './shell-fixture.ts';

const ENTRY = path.resolve(import.meta.dirname, '../../main/cli/index.ts');

const PIPELINE = `
env: { GREETING: hello }
stages:
  unit:
    secrets: [API_TOKEN]
    env: { WHO: "\${{ run.name }}" }
    steps:
      - run: echo made > made.txt
      - run: mkdir -p sub && exit 3
        working-directory: .
        env: { STEP: "\${{ env.WHO }}!" }
`;

const onPosix = it.skipIf(process.platform === 'win32');

onPosix(
  'opens a shell in the workspace of a failed stage, with its variables and without its secrets',
  async () => {
    await using fixture = await createApiFixture(PIPELINE);
    const runId = await runToFailure(fixture);
    const about = { runId, stage: stageIdOf('unit'), size: SIZE };
    const session = await fixture.host.openShell({ ...about, withSecrets: false });
    const output = reading(session);
    session.write(
      'cat made.txt; echo "<$GREETING $STEP ${API_TOKEN:-none} $PIPEWRIGHT_STAGE $(stty size)>"\n',
    );
    expect(await output.until('<hello')).toContain('made');
    await output.until('! none unit 30 100>');
    session.write('exit 7\n');
    expect(await session.ended).toEqual({ exitCode: 7, signal: null });

    const withSecrets = await fixture.host.openShell({ ...about, withSecrets: true });
    const shown = reading(withSecrets);
    withSecrets.write('echo "<$API_TOKEN>"\n');
    await shown.until('<very-secret-token>');
    await withSecrets.close();
  },
);

onPosix('takes what is typed and streams what is written over the API, until the shell ends', async () => {
  await using fixture = await createApiFixture(PIPELINE);
  const runId = await runToFailure(fixture);
  const asked = { runId, stage: 'unit', ...SIZE };
  const { body } = await fixture.call<{ shellId: string }>('POST', '/shells', asked);
  const shell = `/shells/${body.shellId}`;
  await fixture.call('PUT', `${shell}/size`, { columns: 40, rows: 10 });
  await fixture.call('POST', `${shell}/input`, { text: 'echo "size=$(stty size)="; exit 5\n' });
  let text = '';
  let end: ShellOutput | null = null;
  for await (const output of fixture.stream<ShellOutput>(`${shell}/output`, new AbortController().signal)) {
    if (output.type === 'data') text += output.text;
    else end = output;
  }
  expect(text).toContain('size=10 40=');
  expect(end).toEqual({ type: 'ended', exitCode: 5, signal: null });
  const late = await fixture.call<ApiError>('POST', `${shell}/input`, { text: 'x' });
  expect(late.body.data.code).toBe('shell-not-found');
});

onPosix('ends with all that runs in it when the host closes', async () => {
  const fixture = await createApiFixture(PIPELINE);
  const { host } = fixture;
  const about = { runId: await runToFailure(fixture), stage: stageIdOf('unit'), size: SIZE };
  const id = host.shells.add(await host.openShell({ ...about, withSecrets: false }));
  host.shells.get(id).write('sleep 300 & echo "pid=$!="\nsleep 301\n');
  const outputs = host.shells.read(id, undefined);
  let text = '';
  while (!/pid=\d+=/.test(text)) {
    const { value } = await outputs.next();
    if (value?.type !== 'data') throw new Error(`It ended before: ${text}`);
    text += value.text;
  }
  const pid = Number(/pid=(\d+)=/.exec(text)?.[1]);
  expect(isAlive(pid)).toBe(true);
  await fixture[Symbol.asyncDispose]();
  expect(isAlive(pid)).toBe(false);
});

onPosix('ends when the run is cancelled while its stage is paused', async () => {
  await using fixture = await createApiFixture(PIPELINE);
  const runId = await runToPause(fixture);
  const about = { runId, stage: stageIdOf('unit'), size: SIZE, withSecrets: false };
  const session = await fixture.host.openShell(about);
  const output = reading(session);
  session.write('echo "up $((40 + 2))"\n');
  await output.until('up 42');
  fixture.host.cancel(runId);
  await session.ended;
  await untilEvent(fixture, runId, 'run-finished');
});

it('waits at a breakpoint in a run that is started over the API, and in its rerun', async () => {
  await using fixture = await createApiFixture(PIPELINE);
  const { host } = fixture;
  const stage = stageIdOf('unit');
  const breakpoints = ['unit', 'gone'];
  const runId = await startRun(fixture, { breakpoints });
  expect(await untilEvent(fixture, runId, 'attempt-paused')).toMatchObject({ stage, outcome: null });
  expect(await host.continueAttempt(runId, stage)).toBe(true);
  await untilEvent(fixture, runId, 'run-finished');
  const again = await fixture.call<{ id: string }>('POST', `/runs/${runId}/rerun`, {
    from: 'failed',
    breakpoints,
  });
  const rerunId = runIdOf(again.body.id);
  expect(await untilEvent(fixture, rerunId, 'attempt-paused')).toMatchObject({ stage, outcome: null });
  host.cancel(rerunId);
  await untilEvent(fixture, rerunId, 'run-finished');
});

it('says in one sentence why there is no shell', async () => {
  await using fixture = await createApiFixture(PIPELINE);
  const runId = await runToFailure(fixture);
  const open = (stage: string): Promise<{ body: ApiError }> =>
    fixture.call<ApiError>('POST', '/shells', { runId, stage, ...SIZE });
  expect((await open('none')).body.data.code).toBe('stage-not-found');
  rmSync(path.join(fixture.host.dataDir, 'runs', runId, 'workspace'), { recursive: true });
  const { body } = await open('unit');
  expect(body.data.code).toBe('shell-unavailable');
  expect(body.message).toBe('The workspace of unit in run #1 is gone.');
});

it('tells the command that ran, with secrets as their variables', async () => {
  await using fixture = await createApiFixture(`
stages:
  unit:
    secrets: [API_TOKEN]
    run: 'deploy --run \${{ run.number }} --token \${{ secrets.API_TOKEN }}; exit 1'
`);
  const runId = await runToFailure(fixture);
  const { body } = await fixture.call<{ command: string }>('GET', `/runs/${runId}/command?stage=unit`);
  expect(body.command).toBe('deploy --run 1 --token $API_TOKEN; exit 1');
});

it('writes the command that ran wherever the stage runs, without the value of a secret', async () => {
  await using fixture = createCliFixture(`
stages:
  here: { secrets: [API_TOKEN], env: { T: "\${{ secrets.API_TOKEN }}" }, run: 'deploy \${{ env.T }} || exit 1' }
  there: { runs-on: { ssh: no-such-host.invalid }, secrets: [API_TOKEN], run: 'deploy \${{ secrets.API_TOKEN }}' }
  boxed:
    container: { image: pipewright-no-such-image, pull: never }
    secrets: [API_TOKEN]
    steps: [{ run: 'deploy \${{ run.number }} \${{ secrets.API_TOKEN }}' }]
`);
  await cliWith(fixture, SECRET, 'secrets', 'set', 'API_TOKEN');
  expect((await fixture.cli('run')).code).toBe(1);
  const commandOf = async (stage: string): Promise<string> =>
    (await fixture.cli('shell', 'latest', stage, '--print-command')).stdout.trim();
  expect(await commandOf('here')).toBe('deploy $API_TOKEN || exit 1');
  expect(await commandOf('there')).toBe('deploy $API_TOKEN');
  expect(await commandOf('boxed')).toBe('deploy 1 $API_TOKEN');
  expect(await fixture.json('shell', 'latest', 'here', '--print-command')).toMatchObject({ stage: 'here' });
});

it('pauses at a failure until another process lets it go on', async () => {
  await using fixture = createCliFixture("stages: { unit: { run: 'echo left > left.txt; exit 1' } }\n");
  const run = fixture.start('run', '--pause-on-failure');
  const shown = await run.until((stdout) => stdout.includes('pipewright continue'));
  expect(shown).toContain('? unit is paused after a failure: exit code 1');
  expect((await fixture.cli('runs', 'show', 'latest')).stdout).toContain(
    'unit paused after a failure: exit code 1',
  );
  expect((await fixture.cli('continue', 'latest', 'none')).stderr).toContain('no stage none');
  expect(await fixture.json('continue', 'latest', 'unit')).toMatchObject({ stage: 'unit', continued: true });
  const { code, stdout } = await run.result;
  expect(code).toBe(1);
  expect(stdout).toContain('▸ unit goes on');
  const late = await fixture.cli('continue', 'latest', 'unit');
  expect(late.code).toBe(2);
  expect(late.stderr).toContain('unit of run #1 is not paused.');
});

it('waits at a breakpoint of the command line, and says which stages there are for one that is not', async () => {
  await using fixture = createCliFixture("stages: { unit: { run: 'echo ran > ran.txt' } }\n");
  const wrong = await fixture.cli('run', '--break', 'unti');
  expect(wrong).toMatchObject({ code: 2 });
  expect(wrong.stderr).toContain('--break unti: there is no such stage');
  const run = fixture.start('run', '--break', 'unit');
  const shown = await run.until((stdout) => stdout.includes('pipewright continue'));
  expect(shown).toContain('? unit is paused at its breakpoint, before its first step');
  await fixture.cli('continue', 'latest', 'unit');
  expect((await run.result).code).toBe(0);
});

onPosix('leaves no shell when its host is killed, and a paused run that can be gone on with', async () => {
  await using fixture = createCliFixture("stages: { unit: { run: 'exit 1' } }\n");
  const run = fixture.start('run', '--pause-on-failure');
  await run.until((stdout) => stdout.includes('pipewright continue'));
  const terminal = await openPty({
    file: process.execPath,
    args: [ENTRY, '--data', fixture.dataDir, 'shell', 'latest', 'unit'],
    cwd: fixture.projectDir,
    env: { ...(process.env as Record<string, string>), SHELL: '/bin/sh' },
    size: SIZE,
  });
  const output = reading(terminal);
  await output.until('ends it');
  terminal.write('echo "host=$PPID= shell=$$= up $((40 + 2))"\r');
  const [, host, shell] = /host=(\d+)= shell=(\d+)=/.exec(await output.until('up 42')) ?? [];
  process.kill(Number(host), 'SIGKILL');
  run.process.kill('SIGKILL');
  await Promise.all([terminal.ended, run.result]);
  await expect.poll(() => isAlive(Number(shell))).toBe(false);
  expect(await fixture.json('runs', 'show', 'latest')).toMatchObject({ status: 'interrupted' });
  const resumed = fixture.start('runs', 'resume', 'latest');
  await resumed.until((stdout) => stdout.includes('pipewright continue'));
  await fixture.cli('continue', 'latest', 'unit');
  expect((await resumed.result).code).toBe(1);
});

it.skipIf(!hasTerminal())('gives a person on a terminal a shell in a paused stage', async () => {
  await using fixture = createCliFixture("stages: { unit: { run: 'echo left > left.txt; exit 1' } }\n");
  const run = fixture.start('run', '--pause-on-failure');
  await run.until((stdout) => stdout.includes('pipewright continue'));
  const command = [process.execPath, ENTRY, '--data', fixture.dataDir, 'shell', 'latest', 'unit'];
  const { code, text } = await onTerminal(command, {
    cwd: fixture.projectDir,
    env: { SHELL: '/bin/sh' },
    answers: [
      { after: 'ends it', type: 'cat left.txt; echo "in=$PIPEWRIGHT_STAGE="\r' },
      { after: 'in=unit=', type: 'exit\r' },
    ],
  });
  expect(text).toContain('left');
  expect(code).toBe(0);
  await fixture.cli('continue', 'latest', 'unit');
  expect((await run.result).code).toBe(1);
  expect(existsSync(path.join(fixture.projectDir, 'left.txt'))).toBe(false);
});
