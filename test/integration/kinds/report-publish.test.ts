import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createKindFixture, type KindFixture } from './kind-fixture.ts';

interface Posted {
  readonly url: string;
  readonly token: string;
  readonly body: Readonly<Record<string, string>>;
}

let fixture: KindFixture;
let server: Server;
let origin: string;
let answer = 201;
const posted: Posted[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Posted['body'];
      posted.push({ url: request.url ?? '', token: request.headers['authorization'] ?? '', body });
      response.writeHead(answer).end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  fixture = await createKindFixture();
  await fixture.host.vault.set('GIT_TOKEN', { type: 'global' }, 'a-token-of-git');
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await fixture[Symbol.asyncDispose]();
});
beforeEach(() => {
  posted.length = 0;
  answer = 201;
});

describe('report.publish', () => {
  it('runs its example: the page is kept, and the commit gets its status', async () => {
    const run = await fixture.runExample('report.publish', {
      secrets: ['GIT_TOKEN'],
      env: { STATUS_URL: `${origin}/statuses/abc` },
    });
    expect(run.outcome(), await run.log()).toBe('succeeded');
    expect(run.stage().artifacts).toMatchObject([{ name: 'report', fileCount: 1 }]);
    expect(fixture.read('reports/run.html')).toContain('<!doctype html>');
    expect(posted).toMatchObject([
      {
        url: '/statuses/abc',
        token: 'Bearer a-token-of-git',
        body: { state: 'success', context: 'pipewright' },
      },
    ]);
    expect(await run.log()).not.toContain('a-token-of-git');
  });

  it('posts a failure with the stages that failed', async () => {
    const run = await fixture.run({
      workspace: 'in-place',
      stages: {
        unit: { run: 'exit 1' },
        it: {
          needs: ['unit'],
          if: 'always()',
          uses: 'report.publish',
          with: { 'status-url': `${origin}/statuses/abc` },
        },
      },
    });
    expect(run.outcome()).toBe('succeeded');
    expect(run.stage().outputs['state']).toBe('failure');
    expect(posted[0]?.body).toMatchObject({
      state: 'failure',
      description: expect.stringMatching(/unit$/) as string,
    });
    expect(fixture.read('report.html')).toContain('unit');
  });

  it('could not judge when the server refuses the status', async () => {
    answer = 403;
    const run = await fixture.runStage({
      uses: 'report.publish',
      with: { 'status-url': `${origin}/statuses/abc` },
    });
    expect(run.outcome()).toMatch(/^(infra-error|failed): .*403/);
  });
});
