import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openPty } from '#main/executors/pty/open-pty.ts';
import { stageIdOf } from '#shared/lib/ids.ts';
import { isAlive } from '#test/support/execution.ts';
import { isSshdMissing, startSshd, type TestSshd } from '#test/support/sshd.ts';
import { createApiFixture } from './api-fixture.ts';
import { createCliFixture } from './cli-fixture.ts';
import { reading, runToFailure, runToPause, SECRET, SIZE, untilEvent } from './shell-fixture.ts';

const ENTRY = path.resolve(import.meta.dirname, '../../main/cli/index.ts');

const PIPELINE = `
env: { GREETING: hello }
stages:
  unit:
    runs-on: { ssh: pipewright-test }
    secrets: [API_TOKEN]
    steps:
      - run: echo made > made.txt; mkdir sub
      - run: exit 3
        working-directory: sub
`;

const about = { stage: stageIdOf('unit'), size: SIZE, withSecrets: false };

describe.skipIf(isSshdMissing())('a shell on an SSH host', () => {
  let sshd: TestSshd;
  /** What Pipewright has on the host now. */
  const there = (): string[] => readdirSync(path.join(sshd.cacheDir, 'pipewright'));

  beforeEach(async () => {
    sshd = await startSshd();
    vi.stubEnv('PIPEWRIGHT_SSH_CONFIG', sshd.configFile);
  });

  afterEach(async () => {
    vi.unstubAllEnvs();
    await sshd[Symbol.asyncDispose]();
  });

  it('opens in a copy of what the failed attempt left, without secrets, and goes with all that it made', async () => {
    await using fixture = await createApiFixture(PIPELINE);
    const runId = await runToFailure(fixture);
    const session = await fixture.host.openShell({ ...about, runId });
    const output = reading(session);
    session.write('cat ../made.txt; sleep 300 & pid=$!\n');
    session.write('echo "<$GREETING ${API_TOKEN:-none} $(stty size) $pid>"\n');
    session.write('echo "in=$(pwd)= $PIPEWRIGHT_WORKSPACE; "; echo "up $((40 + 2))"\n');
    const text = await output.until('up 42');
    expect(text).toContain('made');
    const [, pid, folder] = /<hello none 30 100 (\d+)>[^]*in=(\/[^=]+)=/.exec(text) ?? [];
    expect(folder).toBe(path.join(sshd.cacheDir, 'pipewright', there()[0] ?? '', 'workspace', 'sub'));
    expect(isAlive(Number(pid))).toBe(true);
    session.write('exit 7\n');
    expect(await session.ended).toMatchObject({ exitCode: 7 });
    expect(isAlive(Number(pid))).toBe(false);
    expect(there()).toEqual([]);
  });

  it('has the secrets when it is asked to, and shows them in no list of processes', async () => {
    await using fixture = await createApiFixture(PIPELINE);
    const runId = await runToFailure(fixture);
    const session = await fixture.host.openShell({ ...about, runId, withSecrets: true });
    const output = reading(session);
    session.write('echo "<$API_TOKEN>"\n');
    await output.until(`<${SECRET}>`);
    expect(commandLines().filter((line) => line.includes(SECRET))).toEqual([]);
    const files = readdirSync(path.join(sshd.cacheDir, 'pipewright', there()[0] ?? ''));
    expect(files).not.toContain('env');
    await session.close();
    expect(there()).toEqual([]);
  });

  it('opens in the folder of the attempt while that is paused, and what is left there comes back', async () => {
    await using fixture = await createApiFixture(PIPELINE);
    const { host } = fixture;
    const runId = await runToPause(fixture);
    const session = await host.openShell({ ...about, runId });
    const output = reading(session);
    session.write('echo "<$GREETING ${API_TOKEN:-none} $(stty size) $pid>"\n');
    session.write('echo "in=$(pwd)="; echo mended > ../mended.txt; echo "done $((40 + 2))"\n');
    expect(await output.until('done 42')).toContain(`in=${path.join(sshd.cacheDir, 'pipewright', runId)}`);
    await session.close();
    expect(await host.continueAttempt(runId, about.stage)).toBe(true);
    await untilEvent(fixture, runId, 'run-finished');
    const left = path.join(host.dataDir, 'runs', runId, 'workspace', 'mended.txt');
    expect(readFileSync(left, 'utf8')).toBe('mended\n');
    expect(there()).toEqual([]);
  });

  it('opens on the host that a stage with labels got', async () => {
    await using fixture = await createApiFixture(PIPELINE.replace('pipewright-test', '{ labels: [gpu] }'));
    await fixture.call('PUT', '/hosts/pipewright-test', { labels: ['gpu'], slots: 1 });
    const runId = await runToFailure(fixture);
    const session = await fixture.host.openShell({ ...about, runId });
    const output = reading(session);
    session.write('cat ../made.txt; echo "up $((40 + 2))"\n');
    expect(await output.until('up 42')).toContain('made');
    await session.close();
    expect(there()).toEqual([]);
  });

  it('ends with the run when that is cancelled while it is paused', async () => {
    await using fixture = await createApiFixture(PIPELINE);
    const runId = await runToPause(fixture);
    const session = await fixture.host.openShell({ ...about, runId });
    const output = reading(session);
    session.write('echo "up $((40 + 2))"\n');
    await output.until('up 42');
    fixture.host.cancel(runId);
    await session.ended;
    await untilEvent(fixture, runId, 'run-finished');
    expect(there()).toEqual([]);
  });

  it('leaves nothing on the host when Pipewright is killed', async () => {
    await using fixture = createCliFixture(PIPELINE.replace('secrets: [API_TOKEN]', ''));
    expect((await fixture.cli('run')).code).toBe(1);
    let cli = 0;
    const terminal = await openPty({
      file: process.execPath,
      args: [ENTRY, '--data', fixture.dataDir, 'shell', 'latest', 'unit'],
      cwd: fixture.projectDir,
      env: process.env as Record<string, string>,
      size: SIZE,
      onProcess: (pid) => (cli = pid),
    });
    const output = reading(terminal);
    await output.until('ends it');
    terminal.write('echo "shell=$$= up $((40 + 2))"\r');
    const [, shell] = /shell=(\d+)=/.exec(await output.until('up 42')) ?? [];
    process.kill(cli, 'SIGKILL');
    await terminal.ended;
    await expect.poll(() => isAlive(Number(shell)), { timeout: 10_000 }).toBe(false);
    await expect.poll(there, { timeout: 10_000 }).toEqual([]);
  });

  it('says in one sentence that the host does not answer, and leaves nothing', async () => {
    await using fixture = await createApiFixture(PIPELINE);
    const runId = await runToFailure(fixture);
    await sshd.stop();
    sshd.cut();
    await expect(fixture.host.openShell({ ...about, runId })).rejects.toMatchObject({ code: 'ssh-failed' });
  });
});

/** Of every process of this machine, which is the host too. */
function commandLines(): string[] {
  if (!existsSync('/proc/self/cmdline')) return [];
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      } catch {
        // It has ended.
        return '';
      }
    });
}
