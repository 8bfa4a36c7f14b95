import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createKindFixture, type KindFixture } from './kind-fixture.ts';

let fixture: KindFixture;
let server: Server;
let url: string;
let failures = 0;
const seen: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers['authorization'] ?? ''}`.trim());
    if (request.url === '/flaky' && failures > 0) {
      failures -= 1;
      response.writeHead(503).end();
    } else if (request.url === '/text') response.end('plain');
    else {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ state: 'ready', version: '1.4.0', items: [{ id: 3 }] }));
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  fixture = await createKindFixture();
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await fixture[Symbol.asyncDispose]();
});
beforeEach(() => {
  seen.length = 0;
});

describe('service.http', () => {
  it('runs its example: what the service answers is checked and handed on', async () => {
    const run = await fixture.runExample('service.http', { env: { SERVICE_URL: `${url}/health` } });
    expect(run.outcome()).toBe('succeeded');
    expect(run.stage().outputs).toMatchObject({ status: '200', version: '1.4.0' });
    expect(run.report('tests')).toMatchObject({ total: 2, passed: 2 });
    expect(run.report('metrics')?.metrics[0]?.name).toBe('http.duration-ms');
  });

  it('fails with the demands that do not hold, and names what is not there', async () => {
    const expected = ['status == 404', 'json.items[0].id == 3', 'json.nothing == 1'];
    const run = await fixture.runStage({ uses: 'service.http', with: { url: `${url}/x`, expect: expected } });
    expect(run.outcome()).toMatch(/^failed: status is 200, not == 404; .*json\.nothing/);
    expect(run.report('tests')).toMatchObject({ total: 3, passed: 1, failed: 2 });
  });

  it('asks again while the server fails', async () => {
    failures = 2;
    const run = await fixture.runStage({ uses: 'service.http', with: { url: `${url}/flaky` } });
    expect(run.outcome()).toBe('succeeded');
    expect(seen).toHaveLength(3);
  });

  it('sends a body and a secret that stands in no log', async () => {
    await fixture.host.vault.set('API_TOKEN', { type: 'global' }, 'a-very-secret-token');
    const run = await fixture.runStage({
      secrets: ['API_TOKEN'],
      uses: 'service.http',
      with: {
        url: `${url}/deploy`,
        method: 'POST',
        headers: { authorization: 'Bearer ${{ secrets.API_TOKEN }}' },
        body: { version: '1.4.0' },
      },
    });
    expect(run.outcome()).toBe('succeeded');
    expect(seen).toEqual(['POST /deploy Bearer a-very-secret-token']);
    expect(await run.log()).not.toContain('a-very-secret-token');
  });

  it('could not judge when nobody answers, and refuses what is no address', async () => {
    const nobody = await fixture.runStage({
      uses: 'service.http',
      with: { url: 'http://127.0.0.1:9/', retries: 0 },
    });
    expect(nobody.outcome()).toMatch(/^infra-error: The service at 127\.0\.0\.1:9/);
    const wrong = await fixture.runStage({ uses: 'service.http', with: { url: 'ftp://x' } });
    expect(wrong.outcome()).toMatch(/^failed: `url`: "ftp:\/\/x" is no address/);
  });
});
