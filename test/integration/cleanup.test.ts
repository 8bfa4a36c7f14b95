import { expect, it } from 'vitest';
import { createCliFixture } from './cli-fixture.ts';
import { type ShownRun, statuses } from './shown-run.ts';

const linesOf = (text: string): string[] => text.trim().split('\n');

it('runs the steps and the hook that follow a timeout, as far as they ask for it', async () => {
  await using fixture = createCliFixture(`
stages:
  slow:
    timeout: 300ms
    hooks: { failure: 'echo "hook after $PIPEWRIGHT_OUTCOME"', success: 'echo wrong' }
    steps:
      - run: sleep 600
      - run: echo wrong
      - { if: always(), run: echo always }
      - { if: failure(), run: echo failure }
      - { if: cancelled(), run: echo wrong }
`);
  expect((await fixture.cli('run')).code).toBe(1);
  const { stdout } = await fixture.cli('logs', 'latest', 'slow');
  expect(linesOf(stdout).slice(0, 3)).toEqual(['always', 'failure', 'hook after timed-out']);
  expect(statuses(await fixture.json<ShownRun>('runs', 'show', 'latest'))).toEqual({ slow: 'timed-out' });
});

it('runs the steps that follow a cancellation, as far as they ask for it, and no hook', async () => {
  await using fixture = createCliFixture(`
stages:
  slow:
    hooks: { failure: echo wrong, success: echo wrong }
    steps:
      - run: 'echo begun; sleep 600'
      - { if: failure(), run: echo wrong }
      - { if: always(), run: echo always }
      - { if: cancelled(), run: echo cancelled }
  never: { needs: slow, steps: [{ run: 'true' }, { if: always(), run: echo wrong }] }
`);
  const run = fixture.start('--format', 'ndjson', 'run');
  await run.until((stdout) => stdout.includes('step-started'));
  expect((await fixture.cli('runs', 'cancel', 'latest')).code).toBe(0);
  expect((await run.result).code).toBe(3);
  const { stdout } = await fixture.cli('logs', 'latest', 'slow');
  expect(
    linesOf(stdout)
      .filter((line) => line !== 'begun')
      .slice(0, 2),
  ).toEqual(['always', 'cancelled']);
  const { stages } = await fixture.json<ShownRun>('runs', 'show', 'latest');
  expect(stages.map(({ attempts }) => attempts.length)).toEqual([1, 0]);
});

it('ends cleaning up when it is cancelled again', async () => {
  await using fixture = createCliFixture(`
stages:
  slow: { steps: [{ run: sleep 600 }, { id: clean, if: always(), run: sleep 600 }] }
`);
  const run = fixture.start('--format', 'ndjson', 'run');
  await run.until((stdout) => stdout.includes('step-started'));
  expect((await fixture.cli('runs', 'cancel', 'latest')).code).toBe(0);
  await run.until((stdout) => stdout.includes('"step-started","stage":"slow","attempt":1,"step":"clean"'));
  expect((await fixture.cli('runs', 'cancel', 'latest')).code).toBe(0);
  expect((await run.result).code).toBe(3);
});

it('fails a run that has run out of its time, after what always runs', async () => {
  await using fixture = createCliFixture(`
timeout: 1s
hooks: { failure: { run: echo told } }
stages:
  slow: { run: sleep 600 }
  clean: { needs: slow, if: always(), run: echo cleaned }
`);
  expect((await fixture.cli('run')).code).toBe(1);
  const run = await fixture.json<ShownRun>('runs', 'show', 'latest');
  expect(run.status).toBe('failed');
  expect(statuses(run)).toEqual({ slow: 'cancelled', clean: 'succeeded', 'hooks.failure': 'succeeded' });
});
