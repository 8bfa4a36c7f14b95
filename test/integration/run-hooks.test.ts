import { expect, it } from 'vitest';
import { createCliFixture } from './cli-fixture.ts';
import { cliWith } from './cli-stdin.ts';
import { type ShownRun, statuses } from './shown-run.ts';

const HOOKS = `
secrets: { TOKEN: }
hooks:
  success: { run: 'echo "all is \${{ run.status }}: $PIPEWRIGHT_RUN_STATUS, \${{ needs.build.outputs.v }}"' }
  failure:
    - id: first
      run: echo "n=\${{ needs.test.result }}" >> "$PIPEWRIGHT_OUTPUT"
    - run: 'echo "\${{ steps.first.outputs.n }} in #\${{ run.number }}"'
  always: { run: 'cat built; exit 7' }
inputs: { code: { type: number, default: 0 } }
stages:
  build: { run: 'echo built > built; echo "v=7" >> "$PIPEWRIGHT_OUTPUT"' }
  test: { needs: build, run: 'exit \${{ inputs.code }}' }
`;

it('runs the hooks of a run in its workspace after its last stage, with logs of their own', async () => {
  await using fixture = createCliFixture(HOOKS);
  const good = await fixture.cli('run');
  expect(good.code).toBe(0);
  expect(good.stdout).toMatch(/✓ hooks\.success[^]*✗ hooks\.always .*exit code 7/);
  expect((await fixture.cli('logs', 'latest', 'hooks.success')).stdout).toBe(
    'all is succeeded: succeeded, 7\n',
  );
  expect((await fixture.cli('logs', 'latest', 'hooks.always')).stdout).toContain('built\n');
  const bad = await fixture.cli('run', '--input', 'code=3');
  expect(bad.code).toBe(1);
  expect(bad.stdout).toMatch(/- hooks\.success +skipped: test failed/);
  expect((await fixture.cli('logs', 'latest', 'hooks.failure')).stdout).toBe('failed in #2\n');
  expect(await fixture.json<ShownRun>('runs', 'show', 'latest')).toMatchObject({ status: 'failed' });
});

it('gives hooks the secrets that their expressions name, masked', async () => {
  await using fixture = createCliFixture(`
secrets: { TOKEN: }
hooks: { always: { run: 'test "$T" = "$TOKEN" && echo "told $T"', env: { T: '\${{ secrets.TOKEN }}' } } }
stages: { a: { run: 'echo "none: $TOKEN."' } }
`);
  expect((await cliWith(fixture, 'sesame-open-1', 'secrets', 'set', 'TOKEN')).code).toBe(0);
  const { code } = await fixture.cli('run');
  expect(code).toBe(0);
  expect((await fixture.cli('logs', 'latest', 'a')).stdout).toBe('none: .\n');
  expect((await fixture.cli('logs', 'latest', 'hooks.always')).stdout).toBe('told ***\n');
});

it('goes on with the hooks of a run whose host was killed in them', async () => {
  await using fixture = createCliFixture(`
workspace: in-place
hooks:
  success: { run: 'test "$PIPEWRIGHT_ATTEMPT" -ge 2 || sleep 600' }
  always: { run: echo over }
stages: { a: { run: 'echo x >> a' } }
`);
  const run = fixture.start('--format', 'ndjson', 'run');
  await run.until((stdout) => stdout.includes('"attempt-started","stage":"hooks.success"'));
  run.process.kill('SIGKILL');
  await run.result;
  expect((await fixture.cli('runs', 'resume', 'latest')).code).toBe(0);
  const shown = await fixture.json<ShownRun>('runs', 'show', 'latest');
  expect(shown.status).toBe('succeeded');
  expect(statuses(shown)).toEqual({
    a: 'succeeded',
    'hooks.success': 'succeeded',
    'hooks.always': 'succeeded',
  });
  expect(shown.stages.map(({ attempts }) => attempts.length)).toEqual([1, 2, 1]);
});

it('keeps what the run came to when someone cancels its hooks', async () => {
  await using fixture = createCliFixture(`
hooks: { success: { run: 'sleep 600' } }
stages: { a: { run: 'true' } }
`);
  const run = fixture.start('--format', 'ndjson', 'run');
  await run.until((stdout) => stdout.includes('"attempt-started","stage":"hooks.success"'));
  expect((await fixture.cli('runs', 'cancel', 'latest')).code).toBe(0);
  expect((await run.result).code).toBe(0);
});
