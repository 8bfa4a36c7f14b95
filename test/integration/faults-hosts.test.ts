import { expect, it } from 'vitest';
import { createCliFixture } from './cli-fixture.ts';
import { type ShownRun, stageOf, statuses } from './shown-run.ts';

const PIPELINE = `
workspace: in-place
stages:
  a: { run: 'echo "$PIPEWRIGHT_RUN_ID" > "made-$PIPEWRIGHT_RUN_ID"', artifacts: [{ name: made, paths: ["made-*"] }] }
  ask: { needs: [a], approval: {} }
  b: { needs: [ask], run: 'echo done' }
`;

it('lets several hosts run over one data folder, decide for each other and collect garbage meanwhile', async () => {
  await using fixture = createCliFixture(PIPELINE);
  const runs = [1, 2, 3].map(() => fixture.start('--format', 'ndjson', 'run'));
  const ids: string[] = [];
  for (const run of runs) {
    const stdout = await run.until((text) => text.includes('"approval-requested"'));
    ids.push(/"runId":"(\w+)"/.exec(stdout)![1]!);
  }
  expect(new Set(ids).size).toBe(3);
  expect((await fixture.cli('gc', '--max-runs', '1', '--max-age', '1s')).code).toBe(0);
  const decided = await Promise.all([
    fixture.cli('approve', ids[0]!, 'ask'),
    fixture.cli('reject', ids[1]!, 'ask'),
    fixture.cli('runs', 'cancel', ids[2]!),
  ]);
  expect(decided.map(({ code }) => code)).toEqual([0, 0, 0]);
  const results = await Promise.all(runs.map(({ result }) => result));
  expect(results.map(({ code }) => code)).toEqual([0, 1, 3]);
  const list = await fixture.json<{ id: string; number: number; status: string }[]>('runs', 'list');
  expect(list.map(({ number }) => number)).toEqual([3, 2, 1]);
  const shown = await fixture.json<ShownRun>('runs', 'show', ids[0]!);
  expect(statuses(shown)).toEqual({ a: 'succeeded', ask: 'succeeded', b: 'succeeded' });
  expect((await fixture.cli('artifacts', 'verify')).code).toBe(0);
});

it('takes over the run of a dead host once, however many start at the same time', async () => {
  await using fixture = createCliFixture(`
workspace: in-place
stages: { long: { run: sleep 600 } }
`);
  const run = fixture.start('--format', 'ndjson', 'run');
  await run.until((stdout) => stdout.includes('attempt-started'));
  run.process.kill('SIGKILL');
  await run.result;
  const lists = await Promise.all(
    Array.from({ length: 5 }, () => fixture.json<{ status: string }[]>('runs', 'list')),
  );
  for (const list of lists) expect(['running', 'interrupted']).toContain(list[0]?.status);
  const shown = await fixture.json<ShownRun>('runs', 'show', 'latest');
  expect(shown.status).toBe('interrupted');
  expect(stageOf(shown, 'long').attempts).toMatchObject([{ outcome: 'infra-error' }]);
});
