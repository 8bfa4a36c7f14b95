import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createHost, type Host } from '#main/host/create-host.ts';
import { serve, type Server } from '#main/host/http/serve.ts';
import { systemClock } from '#main/host/system-clock.ts';
import { createHostTriggers } from '#main/host/triggers.ts';
import type { TrustGrant, TrustView } from '#shared/api/trust-schemas.ts';
import type { ProjectId } from '#shared/lib/ids.ts';

let dir: string;
let projectId: ProjectId;
let host: Host;
let server: Server;

const FILE = 'pipewright.yml';

function write(watched: string, command = 'echo hello'): void {
  writeFileSync(
    path.join(dir, 'project', FILE),
    `name: Shop\non: { watch: { paths: ["${watched}"], debounce: 10ms } }\nstages: { a: { run: ${command} } }\n`,
  );
}

beforeEach(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-trust-'));
  for (const name of ['project', 'renderer']) mkdirSync(path.join(dir, name));
  writeFileSync(path.join(dir, 'renderer/index.html'), '<title>Pipewright</title>');
  write('*.txt');
  host = await createHost({ dataDir: path.join(dir, 'data'), mode: 'browser' });
  server = await serve(host, { port: 0, rendererDir: path.join(dir, 'renderer') });
  projectId = host.store.projects.add(path.join(dir, 'project')).id;
});

afterEach(async () => {
  await server.close();
  await host.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Calls the API as a tool would; with the code of a refusal in place of an answer. */
async function call<Value>(method: string, pathname: string, body?: object): Promise<Value> {
  const response = await fetch(`http://127.0.0.1:${server.port}/api${pathname}`, {
    method,
    headers: {
      authorization: `Bearer ${server.token}`,
      'content-type': 'application/json',
      connection: 'close',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as { data?: { code: string } };
  return (response.ok ? answer : answer.data?.code) as Value;
}

const view = (): Promise<TrustView> => call('GET', `/trust/file?projectId=${projectId}&file=${FILE}`);
const start = (): Promise<unknown> => call('POST', '/runs', { projectId, file: FILE });

it('refuses a run until the file is trusted, and again once its triggers are others', async () => {
  expect(await start()).toBe('not-trusted');
  const unknown = await view();
  expect(unknown).toMatchObject({
    status: 'unknown',
    name: 'Shop',
    items: [{ kind: 'trigger', text: 'watch: paths *.txt; debounce 10ms' }],
    stages: [{ id: 'a', commands: [{ label: 'run', text: 'echo hello' }] }],
    changes: [],
    accepted: null,
  });
  const grant = await call<TrustGrant>('PUT', '/trust/file', {
    projectId,
    file: FILE,
    digest: unknown.digest,
  });
  expect(grant).toMatchObject({ how: 'asked', digest: unknown.digest });
  expect(await call('GET', '/trust')).toEqual([grant]);
  write('*.txt', 'echo other');
  expect(await start()).toMatchObject({ pipelineFile: FILE });

  write('*.md');
  expect(await start()).toBe('not-trusted');
  expect(await view()).toMatchObject({
    status: 'changed',
    changes: [{ change: 'added' }, { change: 'removed' }],
    accepted: { how: 'asked' },
  });
  expect(await call('PUT', '/trust/file', { projectId, file: FILE, digest: unknown.digest })).toBe(
    'not-trusted',
  );
  write('*.txt');
  expect(await call('DELETE', '/trust/file', { projectId, file: FILE })).toEqual({ revoked: true });
  expect(await start()).toBe('not-trusted');
});

it('says nothing of files outside of the project, and of files with errors why they cannot be trusted', async () => {
  expect(await call('GET', `/trust/file?projectId=${projectId}&file=../x.yml`)).toBe('path-outside');
  writeFileSync(path.join(dir, 'project', FILE), 'stages: { a: { rum: x } }');
  expect(await call('PUT', '/trust/file', { projectId, file: FILE })).toBe('pipeline-invalid');
});

it('trusts the pipelines of the sample, which it made, but not what they become later', async () => {
  const sample = await call<{ id: ProjectId; dir: string }>('POST', '/projects/sample');
  const status = async (): Promise<string> =>
    (await call<TrustView>('GET', `/trust/file?projectId=${sample.id}&file=${FILE}`)).status;
  expect(await status()).toBe('trusted');
  writeFileSync(path.join(sample.dir, FILE), 'on: push\nstages: { a: { run: echo } }\n');
  await call('POST', '/projects/sample');
  expect(await status()).toBe('changed');
});

it('a trigger starts nothing that is not trusted, and its firing says why', async () => {
  host.store.settings.set('triggers', { webhookPort: 0 });
  let told: () => void = () => undefined;
  const watched = {
    ...host,
    store: {
      ...host.store,
      triggers: {
        ...host.store.triggers,
        record: (firing: Parameters<typeof host.store.triggers.record>[0]) => {
          host.store.triggers.record(firing);
          told();
        },
      },
    },
  };
  const triggers = createHostTriggers(watched, systemClock, () => Promise.resolve(null));
  await triggers.start();
  try {
    const fired = new Promise<void>((resolve) => (told = resolve));
    writeFileSync(path.join(dir, 'project/a.txt'), '1');
    await fired;
    expect(await call('GET', '/triggers/history')).toMatchObject([
      { runId: null, skipped: 'the pipeline is not trusted: open it and press Run once' },
    ]);
    expect(await call('GET', '/triggers')).toMatchObject([
      { fault: 'Not trusted: open it and press Run once' },
    ]);
    expect(await call('GET', '/runs')).toMatchObject({ total: 0 });

    await call('PUT', '/trust/file', { projectId, file: FILE });
    expect(await call('GET', '/triggers')).toMatchObject([{ fault: null }]);
    const again = new Promise<void>((resolve) => (told = resolve));
    writeFileSync(path.join(dir, 'project/b.txt'), '1');
    await again;
    expect(await call('GET', '/runs')).toMatchObject({ total: 1 });
  } finally {
    await triggers.stop();
  }
}, 30_000);
