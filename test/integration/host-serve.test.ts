import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createHost, type Host } from '#main/host/create-host.ts';
import { serve, type Server } from '#main/host/http/serve.ts';
import type { Contract } from '#shared/api/contract.ts';
import type { RunEvent } from '#shared/run/events.ts';
import { trustPipeline } from '#test/support/trust.ts';

type Client = ContractRouterClient<Contract>;

const PIPELINE = `
name: Served
workspace: in-place
stages:
  a: { run: 'while [ ! -e go ]; do sleep 0.02; done; echo done > out.txt', artifacts: [{ name: out, paths: [out.txt] }] }
  b: { needs: [a], run: 'echo b' }
`;

let dir: string;
let projectDir: string;
let host: Host;
let server: Server;

beforeAll(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-serve-'));
  projectDir = path.join(dir, 'project');
  const rendererDir = path.join(dir, 'renderer');
  mkdirSync(projectDir);
  mkdirSync(path.join(rendererDir, 'assets'), { recursive: true });
  writeFileSync(path.join(projectDir, 'pipewright.yml'), PIPELINE);
  writeFileSync(path.join(rendererDir, 'index.html'), '<title>Pipewright</title>');
  writeFileSync(path.join(rendererDir, 'assets/app-1a2b.js'), 'export {};');
  writeFileSync(path.join(dir, 'secret.txt'), 'secret');
  host = await createHost({ dataDir: path.join(dir, 'data'), mode: 'browser' });
  server = await serve(host, { port: 0, rendererDir });
});

afterAll(async () => {
  await server.close();
  await host.close();
  rmSync(dir, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** A request as a browser or a tool would send it, with any Host header and a path that nothing has normalised. */
function request(
  pathname: string,
  headers: http.OutgoingHttpHeaders = {},
  method = 'GET',
  body?: string,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = http.request(
      { host: '127.0.0.1', port: server.port, path: pathname, method, headers, agent: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
        );
      },
    );
    sent.on('error', reject).end(body);
  });
}

const bearer = (): { authorization: string } => ({ authorization: `Bearer ${server.token}` });

async function cookie(): Promise<string> {
  const { headers } = await request(`/?token=${server.token}`);
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

async function connect(): Promise<{ client: Client; close: () => void }> {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/rpc`, {
    headers: { cookie: await cookie(), origin: `http://127.0.0.1:${server.port}` },
  });
  const link = new RPCLink({ websocket: socket });
  return { client: createORPCClient(link), close: () => socket.terminate() };
}

function upgradeStatus(headers: Record<string, string>): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/rpc`, { headers });
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.on('unexpected-response', (_request, response) => {
      response.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', () => undefined);
  });
}

it('gives nothing away without the token, not even that a file is not there', async () => {
  for (const pathname of [
    '/',
    '/assets/app-1a2b.js',
    '/nothing',
    '/api/system',
    '/api/openapi.json',
    '/?token=wrong',
  ]) {
    expect((await request(pathname)).status).toBe(401);
  }
});

it('exchanges the token for a cookie that scripts and other sites cannot use', async () => {
  const { status, headers } = await request(`/?token=${server.token}`);
  expect({ status, location: headers.location }).toEqual({ status: 303, location: '/' });
  expect(headers['set-cookie']?.[0]).toMatch(
    /^pipewright_\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/,
  );
  expect(headers['set-cookie']?.[0]).not.toContain(server.token);
  expect((await request('/', { cookie: await cookie() })).body).toBe('<title>Pipewright</title>');
});

it('serves pages and assets with headers that allow nothing foreign', async () => {
  const page = await request('/runs/some-place', { cookie: await cookie() });
  expect(page).toMatchObject({
    status: 200,
    headers: { 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' },
  });
  expect(page.headers['content-security-policy']).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
  const asset = await request('/assets/app-1a2b.js', { cookie: await cookie() });
  expect(asset.headers['content-type']).toBe('text/javascript; charset=utf-8');
  expect(asset.headers['cache-control']).toContain('immutable');
  expect((await request('/assets/none.js', { cookie: await cookie() })).status).toBe(404);
});

it.each([
  '/../secret.txt',
  '/assets/../../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/..%5csecret.txt',
  '/%00.txt',
  '/%zz.txt',
])('does not leave its folder for %s', async (pathname) => {
  const { status, body } = await request(pathname, bearer());
  expect({ status, body }).toEqual({ status: 404, body: 'There is no such file.\n' });
});

it('refuses other names for this machine, other origins and changes without an origin', async () => {
  const own = await cookie();
  const origin = `http://127.0.0.1:${server.port}`;
  const body = JSON.stringify({ dir: projectDir });
  const json = { 'content-type': 'application/json' };
  expect((await request('/', { cookie: own, host: `evil.example:${server.port}` })).status).toBe(421);
  expect((await request(`/?token=${server.token}`, { host: 'evil.example' })).status).toBe(421);
  expect((await request('/api/projects', { cookie: own, ...json }, 'POST', body)).status).toBe(403);
  expect(
    (await request('/api/projects', { cookie: own, ...json, origin: 'http://localhost:1' }, 'POST', body))
      .status,
  ).toBe(403);
  expect((await request('/api/system', { cookie: own, 'sec-fetch-site': 'same-site' })).status).toBe(403);
  expect((await request('/api/projects', { cookie: own, ...json, origin }, 'POST', body)).status).toBe(200);
  expect((await request('/api/projects', { ...bearer(), ...json }, 'POST', body)).status).toBe(200);
});

it('opens sockets to its own page alone', async () => {
  const own = await cookie();
  const origin = `http://127.0.0.1:${server.port}`;
  expect(await upgradeStatus({ origin })).toBe(401);
  expect(await upgradeStatus({ cookie: own })).toBe(403);
  expect(await upgradeStatus({ cookie: own, origin: 'http://evil.example' })).toBe(403);
  expect(await upgradeStatus({ cookie: own, origin, host: 'evil.example' })).toBe(421);
  expect(await upgradeStatus({ cookie: own, origin })).toBe(101);
});

it('survives addresses that are none', async () => {
  expect((await request('//', bearer())).status).toBe(404);
  const socket = net.connect(server.port, '127.0.0.1');
  socket.write('GET // HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 403 /);
  socket.destroy();
  expect((await request('/api/system', bearer())).status).toBe(200);
});

it('describes its HTTP calls and answers them, errors as one sentence', async () => {
  const document = JSON.parse((await request('/api/openapi.json', bearer())).body) as {
    paths: Record<string, unknown>;
  };
  expect(Object.keys(document.paths)).toContain('/runs/{runId}/events');
  const missing = await request('/api/runs/0000000000000000', bearer());
  expect(missing.status).toBe(422);
  expect(JSON.parse(missing.body)).toMatchObject({
    code: 'APP_ERROR',
    data: { code: 'run-not-found', issues: [] },
  });
  expect(missing.body).not.toContain('at ');
  expect((await request('/api/runs?limit=1', bearer())).status).toBe(200);
  expect((await request('/api/runs?limit=0', bearer())).status).toBe(400);
  expect((await request('/api/nothing', bearer())).status).toBe(404);
});

it('streams a run over a socket that is lost and resumed, without gap or repeat', async () => {
  const first = await connect();
  const project = await first.client.project.add({ dir: projectDir });
  await trustPipeline(host, projectDir);
  const run = await first.client.run.start({ projectId: project.id, file: 'pipewright.yml', inputs: {} });
  const seen: RunEvent[] = [];
  for await (const { events } of await first.client.run.events({ runId: run.id })) {
    seen.push(...events);
    if (seen.some(({ type }) => type === 'attempt-started')) break;
  }
  first.close();
  writeFileSync(path.join(projectDir, 'go'), '');

  const second = await connect();
  const afterSeq = seen.at(-1)?.seq ?? 0;
  for await (const { events } of await second.client.run.events({ runId: run.id, afterSeq }))
    seen.push(...events);
  expect(seen.map(({ seq }) => seq)).toEqual(seen.map((_event, index) => index + 1));
  expect(seen.at(-1)).toMatchObject({ type: 'run-finished', status: 'succeeded' });

  const again: RunEvent[] = [];
  for await (const { events } of await second.client.run.events({ runId: run.id, afterSeq: 2 }))
    again.push(...events);
  expect(again).toEqual(seen.slice(2));

  const { bytes } = await second.client.artifact.read({ runId: run.id, name: 'out', path: 'out.txt' });
  expect(await bytes.text()).toBe('done\n');
  const page = await second.client.log.page({
    runId: run.id,
    stage: 'b',
    attempt: 1,
    fromLine: 1,
    count: 10,
  });
  expect(page.lines.map(({ text }) => text)).toEqual(['b']);
  second.close();
});

it('tells of a pipeline file that changed', async () => {
  const { client, close } = await connect();
  const project = await client.project.add({ dir: projectDir });
  writeFileSync(path.join(projectDir, 'other.yml'), 'stages: {}\n');
  const views = await client.pipeline.watch({ projectId: project.id, file: 'other.yml' });
  const next = views.next();
  // The watch began when its stream did; a value comes for what is written after that.
  let text = '';
  const writing = setInterval(() => {
    text += '#';
    writeFileSync(path.join(projectDir, 'other.yml'), `stages: { a: { run: 'true' } } ${text}\n`);
  }, 50);
  const { value } = await next.finally(() => clearInterval(writing));
  expect(value).toMatchObject({ runnable: true, stages: [{ id: 'a', kind: 'run' }] });
  await views.return(undefined);
  close();
});

it('names the port that is in use', async () => {
  await expect(serve(host, { port: server.port })).rejects.toMatchObject({ code: 'address-in-use' });
});
