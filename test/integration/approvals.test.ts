import { userInfo } from 'node:os';
import { expect, it } from 'vitest';
import { createCliFixture } from './cli-fixture.ts';
import { type ShownRun, statuses } from './shown-run.ts';

const pipeline = (approval: string): string => `
workspace: in-place
stages:
  build: { run: 'true' }
  ask: { needs: [build], approval: ${approval} }
  ship: { needs: [ask], run: 'echo "shipped: \${{ needs.ask.outputs.comment }}"' }
`;

const isWaiting = (stdout: string): boolean => stdout.includes('"approval-requested"');

it('goes on when a second process approves, and tells who did and why', async () => {
  await using fixture = createCliFixture(pipeline("{ message: 'Ship ${{ run.number }}?' }"));
  const run = fixture.start('run');
  const shown = await run.until((stdout) => stdout.includes('pipewright approve'));
  expect(shown).toContain('? ask waits for approval: Ship 1?');
  expect((await fixture.cli('runs', 'show', 'latest')).stdout).toContain('ask   waits for approval: Ship 1?');
  const answer = await fixture.json<{ decision: string; by: string }>(
    'approve',
    'latest',
    'ask',
    '--comment',
    'looks good',
  );
  expect(answer.decision).toBe('approved');
  const { code, stdout } = await run.result;
  expect(code).toBe(0);
  expect(stdout).toContain(`▸ ask approved by ${answer.by}: looks good\n`);
  expect((await fixture.cli('logs', 'latest', 'ship')).stdout).toBe('shipped: looks good\n');
});

it('fails the run when someone rejects, and takes no second decision', async () => {
  await using fixture = createCliFixture(pipeline('{}'));
  const run = fixture.start('--format', 'ndjson', 'run');
  await run.until(isWaiting);
  expect((await fixture.cli('reject', 'latest', 'ask')).code).toBe(0);
  expect((await run.result).code).toBe(1);
  const shown = await fixture.json<ShownRun>('runs', 'show', 'latest');
  expect(statuses(shown)).toEqual({ build: 'succeeded', ask: 'failed', ship: 'skipped' });
  const late = await fixture.cli('approve', 'latest', 'ask');
  expect(late).toMatchObject({ code: 2, stdout: '' });
  expect(late.stderr).toMatch(/ask of run #1 does not wait for approval/);
});

it('refuses who may not decide with the names of those who may, and lets the user of the system decide', async () => {
  const user = userInfo().username;
  await using fixture = createCliFixture(`
workspace: in-place
stages:
  theirs: { approval: { approvers: [nobody-we-know] } }
  ours: { approval: { approvers: [${user}] } }
`);
  const run = fixture.start('--format', 'ndjson', 'run');
  await run.until((stdout) => stdout.split('"approval-requested"').length === 3);
  const refused = await fixture.cli('approve', 'latest', 'theirs');
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(/may not decide this\. Ask nobody-we-know\./);
  expect(await fixture.json('approve', 'latest', 'ours')).toMatchObject({ by: user });
  expect((await fixture.cli('approve', 'latest', 'none')).stderr).toContain('no stage none');
  await run.until((stdout) => stdout.includes('"approval-decided"'));
  run.process.kill('SIGTERM');
  expect((await run.result).code).toBe(3);
});

it.each([
  ['reject', 1, 'nobody decided in time'],
  ['approve', 0, '✓ ask'],
])('decides by `on-timeout: %s` when the time is over', async (onTimeout, code, text) => {
  await using fixture = createCliFixture(pipeline(`{ timeout: 100ms, on-timeout: ${onTimeout} }`));
  const result = await fixture.cli('run');
  expect(result.code).toBe(code);
  expect(result.stdout).toContain(text);
});
