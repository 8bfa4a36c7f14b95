import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { type CliFixture, createCliFixture } from './cli-fixture.ts';
import { type ShownRun, stageOf, statuses } from './shown-run.ts';

const read = ({ projectDir }: CliFixture, file: string): string =>
  readFileSync(path.join(projectDir, file), 'utf8').trim();

it('goes on with a matrix that is half done, a retry that waits and an approval that is open', async () => {
  await using fixture = createCliFixture(`
workspace: in-place
stages:
  gen: { run: 'echo "m=[1, 2, 3]" >> "$PIPEWRIGHT_OUTPUT"' }
  grown:
    needs: gen
    matrix: { n: '\${{ fromJSON(needs.gen.outputs.m) }}', max-parallel: 1 }
    run: 'echo \${{ matrix.n }} >> legs; test \${{ matrix.n }} -ne 2 || test "$PIPEWRIGHT_ATTEMPT" -ge 2 || sleep 600'
  again:
    retry: { max: 1, delay: 10m }
    run: 'echo x >> tries; test "$(wc -l < tries)" -ge 2'
  ask: { approval: { timeout: 1h } }
  after: { needs: [grown, again, ask], run: 'echo done' }
`);
  const run = fixture.start('--format', 'ndjson', 'run', '--max-parallel', '4');
  const wanted = [
    '"attempt-started","stage":"grown[n=2]"',
    '"stage-queued","stage":"again"',
    '"approval-requested"',
  ];
  await run.until((stdout) => wanted.every((text) => stdout.includes(text)));
  run.process.kill('SIGKILL');
  await run.result;
  const resumed = fixture.start('--format', 'ndjson', 'runs', 'resume', 'latest');
  await resumed.until((stdout) => stdout.includes('"stage-finished","stage":"grown","status":"succeeded"'));
  expect((await fixture.cli('approve', 'latest', 'ask')).code).toBe(0);
  expect((await resumed.result).code).toBe(0);
  const shown = await fixture.json<ShownRun>('runs', 'show', 'latest');
  expect(new Set(Object.values(statuses(shown)))).toEqual(new Set(['succeeded']));
  expect(stageOf(shown, 'grown[n=1]').attempts).toHaveLength(1);
  expect(read(fixture, 'legs').split('\n').toSorted().slice(0, 1)).toEqual(['1']);
  expect(read(fixture, 'tries').split('\n')).toHaveLength(2);
});

it('does not count an attempt that its host has ended among the retries', async () => {
  await using fixture = createCliFixture(`
workspace: in-place
stages:
  flaky:
    retry: { max: 1 }
    run: 'case "$PIPEWRIGHT_ATTEMPT" in 1) sleep 600;; 2) exit 1;; esac'
`);
  const run = fixture.start('--format', 'ndjson', 'run');
  await run.until((stdout) => stdout.includes('attempt-started'));
  run.process.kill('SIGKILL');
  await run.result;
  expect((await fixture.cli('runs', 'resume', 'latest')).code).toBe(0);
  const shown = await fixture.json<ShownRun>('runs', 'show', 'latest');
  expect(stageOf(shown, 'flaky').attempts.map(({ outcome }) => outcome)).toEqual([
    'infra-error',
    'failed',
    'succeeded',
  ]);
});
