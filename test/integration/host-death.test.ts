import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { RunEvent } from '#shared/run/events.ts';
import { isAlive } from '#test/support/execution.ts';
import { createCliFixture, jsonLines } from './cli-fixture.ts';

const PIPELINE = `
workspace: in-place
stages:
  first: { run: 'true' }
  long:
    needs: [first]
    run: |
      sleep 600 & echo $! > child
      setsid sleep 600 & echo $! > escaped
      echo $$ > self
      echo ready
      wait
  after: { needs: [long], run: 'true' }
`;

it('leaves whole events and no process after its host is killed, and the next start marks the run as interrupted', async () => {
  await using fixture = createCliFixture(PIPELINE);
  const run = fixture.start('--format', 'ndjson', 'run');
  await run.until((stdout) => stdout.includes('"attempt-started","stage":"long"'));
  const follower = fixture.start('logs', 'latest', 'long', '--follow');
  await follower.until((stdout) => stdout.includes('ready'));
  const pids = ['child', 'escaped', 'self'].map((file) =>
    Number(readFileSync(path.join(fixture.projectDir, file), 'utf8')),
  );
  expect(pids.map(isAlive)).toEqual([true, true, true]);
  run.process.kill('SIGKILL');
  await run.result;
  follower.process.kill('SIGKILL');
  await follower.result;

  const shown = await fixture.json<{
    id: string;
    status: string;
    finishedAt: string | null;
    stages: object[];
  }>('runs', 'show', 'latest');
  expect(shown.status).toBe('interrupted');
  expect(shown.stages).toMatchObject([
    { id: 'first', status: 'succeeded' },
    { id: 'long', attempts: [{ number: 1, outcome: 'infra-error', exitCode: null }] },
    { id: 'after', attempts: [] },
  ]);
  expect(pids.map(isAlive)).toEqual([false, false, false]);

  const seen = jsonLines<RunEvent>((await run.result).stdout);
  expect(seen.map(({ seq }) => seq)).toEqual(seen.map((_event, index) => index + 1));
  expect((await fixture.cli('logs', shown.id, 'long')).stdout).toContain('ready');
  expect(await fixture.cli('runs', 'rm', shown.id)).toMatchObject({ code: 0 });
});

it('leaves the run of a living host alone', async () => {
  await using fixture = createCliFixture("workspace: in-place\nstages: { long: { run: 'sleep 600' } }\n");
  const run = fixture.start('--format', 'ndjson', 'run');
  await run.until((stdout) => stdout.includes('attempt-started'));
  expect(await fixture.json<object[]>('runs', 'list')).toMatchObject([{ status: 'running' }]);
  run.process.kill('SIGTERM');
  expect((await run.result).code).toBe(3);
});
