import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createKindFixture, type KindFixture } from './kind-fixture.ts';

let fixture: KindFixture;
let server: Server;
let origin: string;
const pushed: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      pushed.push(`${request.method} ${request.url}\n${Buffer.concat(chunks).toString()}`);
      response.writeHead(202).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  fixture = await createKindFixture();
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await fixture[Symbol.asyncDispose]();
});
beforeEach(() => {
  pushed.length = 0;
});

const unit = {
  run: `printf '<testsuite name="a"><testcase name="b"/></testsuite>' > unit.xml`,
  reports: { junit: 'unit.xml' },
};

describe('metrics.push', () => {
  it('sends what the stages before it have reported, in a group of its labels', async () => {
    const push = { url: origin, job: 'shop', labels: { branch: 'feature/x' } };
    const run = await fixture.run({
      workspace: 'in-place',
      stages: { unit, it: { needs: ['unit'], uses: 'metrics.push', with: push } },
    });
    expect(run.outcome(), await run.log()).toBe('succeeded');
    const group = `job@base64/${Buffer.from('shop').toString('base64url')}/branch@base64/${Buffer.from('feature/x').toString('base64url')}`;
    expect(pushed).toHaveLength(1);
    expect(pushed[0]).toContain(`PUT /metrics/${group}\n# TYPE pipewright_tests gauge\n`);
    expect(pushed[0]).toContain('pipewright_tests{stage="unit",status="passed"} 1');
  });

  it('could not judge its example while nothing was reported', async () => {
    const run = await fixture.runExample('metrics.push', { env: { PUSHGATEWAY_URL: origin } });
    expect(run.outcome()).toMatch(/^infra-error: Nothing was checked: no stage has reported a figure/);
    expect(pushed).toEqual([]);
  });

  it('runs its example after a stage that reports', async () => {
    const { example } = fixture.host.kinds.get('metrics.push')!;
    const run = await fixture.run({
      workspace: 'in-place',
      stages: {
        unit,
        it: { needs: ['unit'], uses: 'metrics.push', with: example, env: { PUSHGATEWAY_URL: origin } },
      },
    });
    expect(run.outcome()).toBe('succeeded');
    expect(run.stage().outputs['figures']).toBe('4');
  });
});
