import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createHost, type Host } from '#main/host/create-host.ts';
import { serve, type Server } from '#main/host/http/serve.ts';
import { planRun } from '#main/host/projects/plan-run.ts';
import type { RunSummary } from '#shared/api/schemas.ts';
import type { Collection, StorageUsage } from '#shared/api/storage-schemas.ts';
import type { RunId } from '#shared/lib/ids.ts';

const PIPELINE = `
stages:
  a:
    run: node -e "console.log('said'); require('fs').writeFileSync('out.txt', 'x'.repeat(5_000))"
    artifacts: [{ name: out, paths: out.txt }, { name: short, paths: out.txt, retention: 1ms }]
    cache: { key: k, paths: out.txt }
`;

let dir: string;
let projectDir: string;
let host: Host;
let server: Server;

beforeEach(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-storage-api-'));
  projectDir = path.join(dir, 'project');
  const rendererDir = path.join(dir, 'renderer');
  for (const folder of [projectDir, rendererDir]) mkdirSync(folder);
  writeFileSync(path.join(rendererDir, 'index.html'), '<title>Pipewright</title>');
  writeFileSync(path.join(projectDir, 'pipewright.yml'), PIPELINE);
  host = await createHost({ dataDir: path.join(dir, 'data'), mode: 'browser' });
  server = await serve(host, { port: 0, rendererDir });
});

afterEach(async () => {
  await server.close();
  await host.close();
  rmSync(dir, { recursive: true, force: true });
});

async function runOnce(): Promise<RunId> {
  const file = 'pipewright.yml';
  const { plan } = await planRun(host.kinds, { projectDir, file, inputs: {} });
  const trigger = { type: 'api' } as const;
  const run = await host.engine.start({
    projectDir,
    pipelineFile: file,
    plan: plan!,
    trigger,
    maxParallel: 1,
  });
  await run.finished;
  return run.runId;
}

/** Calls the API as a tool would. */
async function call(method: string, pathname: string, body?: object): Promise<Response> {
  return fetch(`http://127.0.0.1:${server.port}/api${pathname}`, {
    method,
    headers: {
      authorization: `Bearer ${server.token}`,
      'content-type': 'application/json',
      connection: 'close',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function answer<Value>(method: string, pathname: string, body?: object): Promise<Value> {
  const response = await call(method, pathname, body);
  expect(response.status).toBe(200);
  return (await response.json()) as Value;
}

/** The values of an event stream that has ended. */
const eventsOf = (text: string): { readonly type: string; readonly collection?: Collection }[] =>
  [...text.matchAll(/^event: message\ndata: (.*)$/gm)].map(
    ([, data]) => JSON.parse(data!) as { type: string },
  );

it('tells what the data folder takes, by part and by project', async () => {
  const empty = await answer<StorageUsage>('GET', '/storage');
  expect(empty).toMatchObject({ runs: { count: 0, pinned: 0 }, projects: [], lastCollection: null });
  await runOnce();
  const pinned = await runOnce();
  host.store.runs.pin(pinned, true);
  const usage = await answer<StorageUsage>('GET', '/storage');
  expect(usage.runs).toEqual({ count: 2, pinned: 1 });
  const { logs, workspaces, artifacts, caches, database } = usage.parts;
  expect(logs).toBeGreaterThan(0);
  expect(workspaces).toBeGreaterThan(10_000);
  expect(artifacts).toBeGreaterThan(5_000);
  expect(caches).toBeGreaterThan(0);
  expect(database).toBeGreaterThan(10_000);
  expect(Object.values(usage.parts).reduce((sum, bytes) => sum + bytes, 0)).toBe(usage.totalBytes);
  expect(usage.disk!.freeBytes).toBeLessThanOrEqual(usage.disk!.totalBytes);
  expect(usage.projects).toMatchObject([{ name: 'project', dir: projectDir, runs: 2, pinned: 1 }]);
  expect(usage.projects[0]!.sizeBytes).toBeGreaterThan(20_000);
});

it('shows what limits would remove, and removes it with its progress', async () => {
  const first = await runOnce();
  await runOnce();
  const limits = { maxRuns: 1, maxWorkspaceAgeMs: null };
  const preview = await answer<Collection>('POST', '/storage/preview', { limits });
  expect(preview.runs.map(({ id, reason }) => [id, reason])).toEqual([[first, 'count']]);
  expect((await answer<Collection>('POST', '/storage/preview', {})).runs).toEqual([]);
  const response = await call('POST', '/storage/collect', { limits });
  const events = eventsOf(await response.text());
  expect([...new Set(events.map(({ type }) => type))]).toEqual(['progress', 'finished']);
  expect(events.at(-1)?.collection).toEqual({ ...preview, dryRun: false });
  expect(host.store.runs.list({}).runs).toHaveLength(1);
  const { lastCollection } = await answer<StorageUsage>('GET', '/storage');
  expect(lastCollection).toMatchObject({ automatic: false, complete: true, runs: 1 });
});

it('removes what was unpacked of an artifact that has expired', async () => {
  const runId = await runOnce();
  const extract = (name: string) => call('POST', `/runs/${runId}/artifacts/extract`, { name });
  const { dir: unpacked } = (await (await extract('short')).json()) as { dir: string };
  expect(existsSync(unpacked)).toBe(true);
  await (await call('POST', '/storage/collect', {})).text();
  expect(existsSync(unpacked)).toBe(false);
  const refused = await extract('short');
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain('Artifact short expired');
  expect((await extract('out')).status).toBe(200);
});

it('collects only as long as someone reads', async () => {
  for (let run = 0; run < 3; run += 1) await runOnce();
  const response = await call('POST', '/storage/collect', { limits: { maxAgeMs: 0 } });
  await response.body!.cancel();
  const release = () => host.store.runHolds.startCollecting(host.owner, () => true);
  await expect.poll(release).not.toBeNull();
});

it('pins a run, which every list then shows', async () => {
  const runId = await runOnce();
  const cursor = host.store.runs.changeCursor();
  const pinned = await answer<RunSummary>('PUT', `/runs/${runId}/pin`, { pinned: true });
  expect(pinned.pinned).toBe(true);
  expect(host.store.runs.changedSince(cursor).runs.map(({ id }) => id)).toEqual([runId]);
  const limits = { maxAgeMs: 0, maxRuns: 1, maxBytes: 0, maxWorkspaceAgeMs: 0 };
  const preview = await answer<Collection>('POST', '/storage/preview', { limits });
  expect([preview.runs, preview.workspaces.count]).toEqual([[], 0]);
  expect((await answer<RunSummary>('PUT', `/runs/${runId}/pin`, { pinned: false })).pinned).toBe(false);
  expect((await call('PUT', '/runs/0000000000000000/pin', { pinned: true })).status).toBe(422);
});
