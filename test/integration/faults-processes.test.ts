import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isAlive } from '#test/support/execution.ts';
import { type CliFixture, createCliFixture } from './cli-fixture.ts';
import { type ShownRun, stageOf } from './shown-run.ts';

/** Leaves a child of its group, one in a session of its own, a double fork and a nohup, and ends with `end`. */
const LEAVES = (end: string, options = '', ignored = 'TERM HUP'): string => `
workspace: in-place
stages:
  a:
    ${options}
    run: |
      trap '' ${ignored}
      sleep 600 & echo $! >> pids
      setsid sleep 600 & echo $! >> pids
      (sh -c 'setsid sh -c "echo \\$\\$ >> pids; exec sleep 600" &' &)
      nohup sleep 600 > /dev/null 2>&1 & echo $! >> pids
      while [ "$(wc -l < pids)" -lt 4 ]; do sleep 0.02; done
      echo begun
      ${end}
`;

const pidsOf = ({ projectDir }: CliFixture): number[] =>
  readFileSync(path.join(projectDir, 'pids'), 'utf8').trim().split('\n').map(Number);

const begun = async (fixture: CliFixture): Promise<void> => {
  const follower = fixture.start('logs', 'latest', 'a', '--follow');
  await follower.until((stdout) => stdout.includes('begun'));
  expect(pidsOf(fixture).map(isAlive)).toEqual([true, true, true, true]);
  follower.process.kill('SIGKILL');
  await follower.result;
};

const attempt = async (fixture: CliFixture): Promise<unknown> =>
  stageOf(await fixture.json<ShownRun>('runs', 'show', 'latest'), 'a').attempts.at(-1)?.outcome;

const NOBODY = [false, false, false, false];

/** Sessions of their own are found by their environment, which only Linux shows. */
describe.runIf(process.platform === 'linux')('what a script leaves behind', () => {
  it('is gone when a run succeeds', async () => {
    await using fixture = createCliFixture(LEAVES('exit 0', '', 'HUP'));
    expect((await fixture.cli('run')).code).toBe(0);
    expect(pidsOf(fixture).map(isAlive)).toEqual(NOBODY);
  });

  it('is gone when a run that ignores SIGTERM is cancelled', async () => {
    await using fixture = createCliFixture(LEAVES('while true; do sleep 0.1; done'));
    const run = fixture.start('--format', 'ndjson', 'run');
    await run.until((stdout) => stdout.includes('attempt-started'));
    await begun(fixture);
    run.process.kill('SIGINT');
    expect((await run.result).code).toBe(3);
    expect(await attempt(fixture)).toBe('cancelled');
    expect(pidsOf(fixture).map(isAlive)).toEqual(NOBODY);
  });

  it('is gone when a stage that ignores SIGTERM has timed out', async () => {
    await using fixture = createCliFixture(LEAVES('while true; do sleep 0.1; done', 'timeout: 1s'));
    expect((await fixture.cli('run')).code).toBe(1);
    expect(await attempt(fixture)).toBe('timed-out');
    expect(pidsOf(fixture).map(isAlive)).toEqual(NOBODY);
  });

  it('is gone after the next start when the host was killed', async () => {
    await using fixture = createCliFixture(LEAVES('while true; do sleep 0.1; done'));
    const run = fixture.start('--format', 'ndjson', 'run');
    await run.until((stdout) => stdout.includes('attempt-started'));
    await begun(fixture);
    run.process.kill('SIGKILL');
    await run.result;
    expect(await attempt(fixture)).toBe('infra-error');
    expect(pidsOf(fixture).map(isAlive)).toEqual(NOBODY);
  });

  it('holds nobody up for ever with output that it keeps open', async () => {
    await using fixture = createCliFixture(`
workspace: in-place
stages:
  a:
    run: |
      setsid sh -c "echo early; touch ready; sleep 600; echo never" &
      echo $! > pids
      while [ ! -e ready ]; do sleep 0.05; done
      echo main
  b: { needs: [a], run: 'echo after' }
`);
    expect((await fixture.cli('run')).code).toBe(0);
    const { stdout } = await fixture.cli('logs', 'latest', 'a');
    expect(stdout.trim().split('\n').toSorted()).toEqual(['early', 'main']);
    expect(pidsOf(fixture).map(isAlive)).toEqual([false]);
  });

  it('is all in the log when it was written before the script ended, however much it is', async () => {
    await using fixture = createCliFixture(`
workspace: in-place
stages:
  a: { run: 'head -c 3000000 /dev/zero | tr "\\0" x; echo; echo end' }
`);
    expect((await fixture.cli('run')).code).toBe(0);
    const { stdout } = await fixture.cli('logs', 'latest', 'a');
    expect(stdout.length).toBe(3_000_000 + '\nend\n'.length);
  });
});
