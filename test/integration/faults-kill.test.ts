import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { isAlive } from '#test/support/execution.ts';
import { type CliFixture, createCliFixture } from './cli-fixture.ts';
import { type ShownRun, statuses } from './shown-run.ts';

/** Logs, artifacts, a cache, state, a matrix and a copied workspace: something is being written at every moment. */
const PIPELINE = `
state: { count: { default: '0' } }
stages:
  first:
    run: 'echo $$ >> "$PIDS"; head -c 2000000 /dev/urandom > big; echo "v=1" >> "$PIPEWRIGHT_OUTPUT"'
    artifacts: [{ name: big, paths: [big] }]
    cache: [{ key: "k-\${{ run.id }}", paths: [big] }]
  legs:
    needs: [first]
    matrix: { n: [1, 2, 3, 4] }
    run: 'echo $$ >> "$PIDS"; head -c 300000 /dev/zero | tr "\\0" "\\n"; echo \${{ matrix.n }} > leg-\${{ matrix.n }}; sleep 0.1'
    artifacts: [{ name: "leg-\${{ matrix.n }}", paths: ["leg-\${{ matrix.n }}"] }]
  last:
    needs: [first, legs]
    state: count
    run: 'echo $$ >> "$PIDS"; sleep 0.1; echo "count=$((\${{ state.count }} + 1))" >> "$PIPEWRIGHT_STATE"; echo "v=\${{ needs.first.outputs.v }}"'
`;

/** In the middle of which of what the run tells, counted in events, its host is killed. */
const KILLS = [2, 4, 7, 11, 16];

async function killAfter(fixture: CliFixture, events: number, args: readonly string[]): Promise<void> {
  const run = fixture.start('--format', 'ndjson', ...args);
  const isOver = run.result.then(() => undefined);
  await Promise.race([run.until((stdout) => stdout.split('\n').length > events).catch(() => ''), isOver]);
  run.process.kill('SIGKILL');
  await run.result;
}

it(
  'resumes a run whose host is killed again and again, and loses and leaves nothing',
  { timeout: 240_000 },
  async () => {
    await using fixture = createCliFixture(PIPELINE, { env: { PIDS: 'pids' } });
    const finished = new Set<string>();
    for (const [index, events] of KILLS.entries()) {
      const before = await fixture.json<{ status: string }[]>('runs', 'list');
      const isNew = before[0]?.status !== 'interrupted';
      expect(isNew).toBe(index === 0 || before[0]?.status === 'succeeded');
      await killAfter(fixture, events, isNew ? ['run'] : ['runs', 'resume', 'latest']);
      const run = await fixture.json<ShownRun>('runs', 'show', 'latest');
      expect(['interrupted', 'succeeded']).toContain(run.status);
      const done = run.stages.filter(({ status }) => status === 'succeeded').map(({ id }) => id);
      if (isNew) finished.clear();
      for (const id of finished) expect(done).toContain(id);
      for (const id of done) finished.add(id);
      const workspace = path.join(fixture.dataDir, 'runs', run.id, 'workspace', 'pids');
      const pids = existsSync(workspace)
        ? readFileSync(workspace, 'utf8').trim().split('\n').map(Number)
        : [];
      expect(pids.filter(isAlive)).toEqual([]);
    }
    const last = await fixture.json<{ status: string }[]>('runs', 'list');
    if (last[0]?.status === 'interrupted')
      expect((await fixture.cli('runs', 'resume', 'latest')).code).toBe(0);
    const run = await fixture.json<ShownRun>('runs', 'show', 'latest');
    expect(run.status).toBe('succeeded');
    expect(new Set(Object.values(statuses(run)))).toEqual(new Set(['succeeded']));
    expect((await fixture.cli('logs', 'latest', 'last')).stdout).toContain('v=1\n');
    expect((await fixture.cli('artifacts', 'verify')).code).toBe(0);
    expect(readdirSync(path.join(fixture.dataDir, 'runs', run.id))).not.toContain('commands');
  },
);
