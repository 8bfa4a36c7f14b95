import { expect, it } from 'vitest';
import type { RunEvent } from '#shared/run/events.ts';
import { createCliFixture, jsonLines } from './cli-fixture.ts';

/** For each second that passes, the clock goes back a minute. */
const BACKWARDS = 'const start = Date.now(); Date.now = () => Math.round(start - performance.now() * 60);';

interface Shown {
  readonly status: string;
  readonly number: number;
  readonly durationMs: number;
}

const PIPELINE = `
workspace: in-place
stages:
  a: { run: 'test -e again || { touch again; exit 1; }', retry: { max: 1, delay: 100ms } }
  b: { needs: [a], run: 'echo b', timeout: 30s }
  ask: { needs: [b], approval: { timeout: 1s, on-timeout: approve } }
`;

it('runs retries, timeouts and approvals, and tells no negative duration, while the clock goes backwards', async () => {
  const modules = `data:text/javascript,${encodeURIComponent(BACKWARDS)}`;
  await using fixture = createCliFixture(PIPELINE, { env: { NODE_OPTIONS: `--import=${modules}` } });
  const { code, stdout, stderr } = await fixture.cli('--format', 'ndjson', 'run');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const events = jsonLines<RunEvent>(stdout);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_event, index) => index + 1));
  expect(Date.parse(events.at(-1)!.at)).toBeLessThan(Date.parse(events[0]!.at));

  const run = await fixture.json<Shown>('runs', 'show', 'latest');
  expect(run).toMatchObject({ status: 'succeeded', durationMs: 0 });
  expect((await fixture.cli('runs', 'show', 'latest')).stdout).not.toContain('-');
  expect((await fixture.cli('run')).code).toBe(0);
  expect(await fixture.json<object[]>('runs', 'list')).toMatchObject([{ number: 2 }, { number: 1 }]);
  expect((await fixture.json<Shown>('runs', 'show', 'latest')).number).toBe(2);
  expect((await fixture.cli('gc', '--max-runs', '5')).code).toBe(0);
});
