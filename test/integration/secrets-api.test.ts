import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createHost, type Host } from '#main/host/create-host.ts';
import { serve, type Server } from '#main/host/http/serve.ts';

const CANARY = 'canary-5e1f';

let dir: string;
let host: Host;
let server: Server;

beforeEach(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-secrets-'));
  const rendererDir = path.join(dir, 'renderer');
  mkdirSync(rendererDir);
  writeFileSync(path.join(rendererDir, 'index.html'), '<title>Pipewright</title>');
  host = await createHost({ dataDir: path.join(dir, 'data'), mode: 'browser' });
  server = await serve(host, { port: 0, rendererDir });
});

afterEach(async () => {
  await server.close();
  await host.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Calls the API as a tool would. */
async function call(
  method: string,
  pathname: string,
  body?: object,
): Promise<{ status: number; text: string }> {
  const response = await fetch(`http://127.0.0.1:${server.port}/api${pathname}`, {
    method,
    headers: {
      authorization: `Bearer ${server.token}`,
      'content-type': 'application/json',
      connection: 'close',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
}

it('takes values and never answers with one', async () => {
  const project = host.store.projects.add(dir);
  const scope = { type: 'project', projectId: project.id };
  const other = { type: 'project', projectId: 'another0project' };
  const answers = [
    await call('PUT', '/secrets/TOKEN', { scope, value: CANARY }),
    await call('PUT', '/secrets/TOKEN', { scope: { type: 'global' }, value: CANARY }),
    await call('PUT', '/secrets/TOKEN', { scope: other, value: CANARY }),
    await call('GET', `/secrets?projectId=${project.id}`),
    await call('GET', '/secrets'),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  const [ofProject, global] = answers.slice(3).map(({ text }) => JSON.parse(text) as { scope: object }[]);
  expect(ofProject?.map((secret) => secret.scope)).toEqual([{ type: 'global' }, scope]);
  expect(global?.map((secret) => secret.scope)).toEqual([{ type: 'global' }]);
  expect(JSON.stringify(answers)).not.toContain(CANARY);
  expect((await host.vault.read(['TOKEN'], [{ type: 'global' }])).get('TOKEN')).toBe(CANARY);
});

it('removes a secret, and again without complaint', async () => {
  const scope = { type: 'global' };
  await call('PUT', '/secrets/TOKEN', { scope, value: CANARY });
  expect(await call('DELETE', '/secrets/TOKEN', { scope })).toMatchObject({ text: '{"removed":true}' });
  expect(await call('DELETE', '/secrets/TOKEN', { scope })).toMatchObject({ text: '{"removed":false}' });
});

it('refuses a name or a value with a reason that does not repeat the value', async () => {
  const global = { type: 'global' };
  for (const [name, body] of [
    ['1-TOKEN', { scope: global, value: CANARY }],
    ['TOKEN', { scope: global, value: `${CANARY}\0` }],
    ['TOKEN', { scope: { type: 'nowhere' }, value: CANARY }],
  ] as const) {
    const { status, text } = await call('PUT', `/secrets/${name}`, body);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(text).not.toContain(CANARY);
  }
  expect(await host.vault.list()).toEqual([]);
});
