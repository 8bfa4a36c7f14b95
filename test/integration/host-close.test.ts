import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openStore } from '#main/store/open-store.ts';
import type { RunSummary } from '#shared/api/schemas.ts';
import { isAlive } from '#test/support/execution.ts';
import { createCliFixture } from './cli-fixture.ts';

/** Two pipelines of one project: the one of `serve` never ends by itself, the one beside it waits for a file. */
const SERVED = `
name: Served
on: { watch: { paths: [src/**] }, webhook: {} }
workspace: in-place
stages:
  long:
    run: |
      trap '' TERM
      setsid sleep 600 & echo $! > escaped
      echo $$ > self
      sleep 600
`;
const BESIDE = `
name: Beside
workspace: in-place
stages: { wait: { run: 'echo $$ > beside; until test -e go; do sleep 0.05; done' } }
`;

it('serve leaves nothing behind when it ends, and does not touch what runs beside it', async () => {
  await using fixture = createCliFixture(SERVED);
  const { projectDir, dataDir } = fixture;
  fixture.write('.pipewright/beside.yml', BESIDE);
  fixture.write('src/a', '');
  const seed = openStore(dataDir);
  seed.settings.set('triggers', { webhookPort: 0 });
  seed.close();
  const served = fixture.start('serve', '--project', projectDir, '--format', 'ndjson');
  const { url, token } = JSON.parse(await served.until((text) => text.includes('\n'))) as {
    url: string;
    token: string;
  };
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const call = async <Value>(method: string, to: string, body?: object): Promise<Value> => {
    const answer = await fetch(new URL(to, url), {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    return (await answer.json()) as Value;
  };
  const [project] = await call<{ id: string }[]>('GET', '/api/projects');
  const key = { projectId: project!.id, file: 'pipewright.yml' };
  await call('PUT', '/api/trust/file', key);
  const own = await call<RunSummary>('POST', '/api/runs', key);
  const beside = fixture.start('--format', 'ndjson', 'run', '.pipewright/beside.yml');
  const pidIn = (file: string): number =>
    existsSync(path.join(projectDir, file)) ? Number(readFileSync(path.join(projectDir, file), 'utf8')) : 0;
  await expect
    .poll(() => ['escaped', 'self', 'beside'].every((file) => pidIn(file) > 0), { timeout: 20_000 })
    .toBe(true);
  const pids = ['escaped', 'self'].map(pidIn);
  // Somebody looks on while it ends, and is cut off.
  const followers = ['/api/runs/changes', '/api/triggers/changes', `/api/runs/${own.id}/events`].map((to) =>
    fetch(new URL(to, url), { headers })
      .then((answer) => answer.text())
      .catch(() => 'cut off'),
  );

  served.process.kill('SIGTERM');
  const { code, stderr } = await served.result;
  expect([code, stderr]).toEqual([0, expect.not.stringMatching(/error|at .*:\d+:\d+/i)]);
  await Promise.all(followers);
  expect(pids.map(isAlive)).toEqual([false, false]);
  expect(isAlive(pidIn('beside'))).toBe(true);

  const store = openStore(dataDir);
  try {
    expect(store.runs.get(own.id).status).toBe('cancelled');
    expect(store.runs.processesOf(own.id)).toEqual([]);
    expect(store.triggers.holdLease('another', Date.now(), 1)).toBe(true);
    store.triggers.releaseLease('another');
    expect(readdirSync(path.join(dataDir, 'runs', own.id))).toEqual(['logs']);
    fixture.write('go', '');
    expect((await beside.result).code).toBe(0);
    expect(store.runs.list({}).runs.map(({ status }) => status)).toEqual(['succeeded', 'cancelled']);
    for (const { id } of store.runs.list({}).runs) expect(store.runs.processesOf(id)).toEqual([]);
  } finally {
    store.close();
  }
  expect(readdirSync(dataDir).filter((name) => name.endsWith('-wal'))).toEqual([]);
}, 60_000);
