import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { dockerLeftovers, isDockerMissing } from '#test/support/docker.ts';
import { makeServerImage, SERVER_IMAGE } from '#test/support/local-images.ts';
import { isAlive } from '#test/support/execution.ts';
import { type CliFixture, createCliFixture } from './cli-fixture.ts';
import type { ShownRun } from './shown-run.ts';

const TIMEOUT = { timeout: 60_000 };

const logOf = async (fixture: CliFixture, ...words: string[]): Promise<string> =>
  (await fixture.cli('logs', 'latest', 'test', ...words)).stdout;
const shown = (fixture: CliFixture): Promise<ShownRun> => fixture.json('runs', 'show', 'latest');

/** A stage beside one service, with a step that the test can see begin. */
const stageWith = (service: string, script: string): string => `
workspace: in-place
stages:
  test:
    services: { db: ${service} }
    steps: [{ run: '${script}' }]
`;

describe('a service that is a process of this machine', () => {
  /** Notes itself and a child of its own, then does what it is told. */
  const NOTES =
    'echo $$ >> pids; (sleep 600 & echo $! >> pids; exec sleep 600) & while [ "$(wc -l < pids)" -lt 2 ]; do sleep 0.02; done; echo here;';
  /** Waits until both are noted, so that the test knows whom to look for. */
  const NOTED = 'until [ "$(cat pids | wc -l)" -eq 2 ]; do sleep 0.02; done;';
  const pidsOf = ({ projectDir }: CliFixture): number[] => {
    try {
      return readFileSync(path.join(projectDir, 'pids'), 'utf8').trim().split('\n').map(Number);
    } catch {
      // It has not begun.
      return [];
    }
  };
  const process = (rest: string, health = `health: { cmd: '${NOTED}' }`): string =>
    `{ run: '${NOTES} ${rest}', ${health} }`;

  it('fails its stage when it never gets healthy, and is gone', TIMEOUT, async () => {
    const health = `health: { cmd: '${NOTED} echo still loading; exit 1', interval: 50ms, retries: 3 }`;
    await using fixture = createCliFixture(stageWith(process('sleep 600', health), 'echo not reached'));
    expect((await fixture.cli('run')).code).toBe(1);
    const log = await logOf(fixture);
    expect(log).toContain('Service db is not healthy after 3 tries: still loading');
    expect(log).toContain('the last lines of service db:\n  here\n');
    expect(log).not.toContain('not reached');
    expect(pidsOf(fixture).map(isAlive)).toEqual([false, false]);
  });

  it('is not waited for longer than its check may take', TIMEOUT, async () => {
    const health = `health: { cmd: sleep 600, interval: 50ms, timeout: 1s, retries: 1 }`;
    await using fixture = createCliFixture(stageWith(process('sleep 600', health), 'echo not reached'));
    expect((await fixture.cli('run')).code).toBe(1);
    expect(await logOf(fixture)).toContain('Service db is not healthy after 1 try: no answer within 1.0s');
    expect(pidsOf(fixture).map(isAlive)).toEqual([false, false]);
  });

  it('fails its stage at once when it ends before it is ready', TIMEOUT, async () => {
    const health = `health: { cmd: exit 1 }`;
    const service = process('echo no space for tables; exit 3', health);
    await using fixture = createCliFixture(stageWith(service, 'echo not reached'));
    expect((await fixture.cli('run')).code).toBe(1);
    expect((await shown(fixture)).stages[0]).toMatchObject({ status: 'infra-error' });
    expect(await logOf(fixture)).toContain(
      'Service db ended with exit code 3 before it was ready: no space for tables',
    );
    expect(await logOf(fixture, '--service', 'db')).toBe('here\nno space for tables\n');
    expect(pidsOf(fixture).map(isAlive)).toEqual([false, false]);
  });

  it('is gone after a run that was cancelled while it started', TIMEOUT, async () => {
    await using fixture = createCliFixture(
      stageWith(process('sleep 600', 'health: { cmd: exit 1 }'), 'echo not reached'),
    );
    const run = fixture.start('--format', 'ndjson', 'run');
    await expect.poll(() => pidsOf(fixture).length, { timeout: 30_000 }).toBe(2);
    run.process.kill('SIGINT');
    expect((await run.result).code).toBe(3);
    expect(pidsOf(fixture).map(isAlive)).toEqual([false, false]);
  });

  it('is gone after a step that failed, and after a run that was cancelled in one', TIMEOUT, async () => {
    await using failing = createCliFixture(stageWith(process('sleep 600'), 'exit 1'));
    expect((await failing.cli('run')).code).toBe(1);
    expect(pidsOf(failing).map(isAlive)).toEqual([false, false]);
    await using fixture = createCliFixture(stageWith(process('sleep 600'), 'sleep 600'));
    const run = fixture.start('--format', 'ndjson', 'run');
    await run.until((stdout) => stdout.includes('step-started'));
    expect(pidsOf(fixture).map(isAlive)).toEqual([true, true]);
    run.process.kill('SIGINT');
    expect((await run.result).code).toBe(3);
    expect(pidsOf(fixture).map(isAlive)).toEqual([false, false]);
  });

  it('is gone after Pipewright was killed', TIMEOUT, async () => {
    await using fixture = createCliFixture(stageWith(process('sleep 600'), 'sleep 600'));
    const run = fixture.start('--format', 'ndjson', 'run');
    await run.until((stdout) => stdout.includes('step-started'));
    expect(pidsOf(fixture).map(isAlive)).toEqual([true, true]);
    run.process.kill('SIGKILL');
    await run.result;
    expect(await shown(fixture)).toMatchObject({ status: 'interrupted' });
    expect(pidsOf(fixture).map(isAlive)).toEqual([false, false]);
  });
});

describe.skipIf(isDockerMissing())('a service in a container (skipped without Docker)', () => {
  beforeAll(makeServerImage);
  const container = (rest: string): string => `{ image: '${SERVER_IMAGE}', ${rest} }`;
  const SLEEPS = 'command: [sleep, "600"]';

  it('fails its stage with the last lines of its log when it ends before it is ready', TIMEOUT, async () => {
    const command = `command: [sh, -c, "exec >&2; echo starting; echo no space for tables; exit 3"]`;
    const service = container(`${command}, health: { cmd: "false" }`);
    await using fixture = createCliFixture(stageWith(service, 'echo not reached'));
    expect((await fixture.cli('run')).code).toBe(1);
    const { id, stages } = await shown(fixture);
    expect(stages.map(({ status }) => status)).toEqual(['infra-error']);
    const log = await logOf(fixture);
    expect(log).toContain('Service db ended with exit code 3 before it was ready: no space for tables');
    expect(log).toContain('the last lines of service db:\n  starting\n  no space for tables\n');
    expect(log).not.toContain('not reached');
    expect(await logOf(fixture, '--service', 'db')).toBe('starting\nno space for tables\n');
    expect(dockerLeftovers(id)).toEqual([]);
  });

  it('is given up after its tries when it never gets healthy', TIMEOUT, async () => {
    const health = `health: { cmd: "echo still loading; exit 1", interval: 50ms, retries: 3 }`;
    await using fixture = createCliFixture(stageWith(container(`${SLEEPS}, ${health}`), 'echo not reached'));
    expect((await fixture.cli('run')).code).toBe(1);
    expect(await logOf(fixture)).toContain('Service db is not healthy after 3 tries: still loading');
    expect(dockerLeftovers((await shown(fixture)).id)).toEqual([]);
  });

  it('says in one sentence which port of this machine is taken', TIMEOUT, async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    try {
      const service = container(`${SLEEPS}, ports: ["127.0.0.1:${port}:80"]`);
      await using fixture = createCliFixture(stageWith(service, 'echo not reached'));
      expect((await fixture.cli('run')).code).toBe(1);
      expect(await logOf(fixture)).toContain(
        `Service db needs port ${port} of this machine, which is taken.\n`,
      );
      expect(dockerLeftovers((await shown(fixture)).id)).toEqual([]);
    } finally {
      server.close();
    }
  });

  it('is gone after a run that was cancelled while it started', TIMEOUT, async () => {
    const service = container(`${SLEEPS}, health: { cmd: "false" }`);
    await using fixture = createCliFixture(stageWith(service, 'echo not reached'));
    const run = fixture.start('--format', 'ndjson', 'run');
    await run.until((stdout) => stdout.includes('attempt-started'));
    const id = /"runId":"(\w+)"/.exec(await run.until((stdout) => stdout.includes('"runId"')))![1]!;
    await expect.poll(() => dockerLeftovers(id).length, { timeout: 30_000 }).toBe(2);
    run.process.kill('SIGINT');
    expect((await run.result).code).toBe(3);
    expect(dockerLeftovers(id)).toEqual([]);
  });

  it('is gone after a step that failed', TIMEOUT, async () => {
    await using fixture = createCliFixture(stageWith(container(SLEEPS), 'exit 1'));
    expect((await fixture.cli('run')).code).toBe(1);
    expect(dockerLeftovers((await shown(fixture)).id)).toEqual([]);
  });

  it('is removed by the next start after Pipewright was killed', TIMEOUT, async () => {
    await using fixture = createCliFixture(stageWith(container(SLEEPS), 'sleep 600'));
    const run = fixture.start('--format', 'ndjson', 'run');
    const stdout = await run.until((text) => text.includes('step-started'));
    const id = /"runId":"(\w+)"/.exec(stdout)![1]!;
    run.process.kill('SIGKILL');
    await run.result;
    expect(dockerLeftovers(id)).toHaveLength(2);
    expect(await shown(fixture)).toMatchObject({ id, status: 'interrupted' });
    expect(dockerLeftovers(id)).toEqual([]);
  });
});
