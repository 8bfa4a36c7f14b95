import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createKindFixture,
  isMissing,
  type KindFixture,
  type KindRun,
  type StageText,
} from './kind-fixture.ts';
import { type TestRegistry, startDockerRegistry } from './peers/docker-registry.ts';
import { type Fault, failFirst, type FaultProxy, startFaultProxy } from './peers/fault-proxy.ts';
import { startS3, type TestS3 } from './peers/s3.ts';
import { startVerdaccio, type TestVerdaccio } from './peers/verdaccio.ts';

let fixture: KindFixture;
beforeAll(async () => {
  fixture = await createKindFixture();
});
afterAll(() => fixture[Symbol.asyncDispose]());

/** Faults of all requests that fit, and of no other. */
const always =
  (pattern: RegExp, fault: Fault): FaultProxy['plan'] =>
  (request) =>
    pattern.test(`${request.method} ${request.url}`) ? fault : null;
const answered = (status: number): Fault => ({ type: 'answer', status, body: '{"error":"no way"}' });
const count = (proxy: FaultProxy, pattern: RegExp): number =>
  proxy.requests.filter((request) => pattern.test(request)).length;

interface Subject {
  /** Publishes something new under this name. */
  publish(name: string, host: string, more?: StageText): Promise<KindRun>;
  /** What sends, and what reads back. */
  readonly send: RegExp;
  readonly readBack: RegExp;
  /** What an answer of the server to `send` makes of the stage. */
  readonly words: Readonly<Record<401 | 403 | 409, RegExp>>;
  readonly otherContent: RegExp;
}

/** What a registry does to whoever publishes; `subject` is asked for when the tests run. */
function faults(target: () => string, subject: Subject): void {
  const { publish, send, readBack, words, otherContent } = subject;
  const withProxy = async (work: (proxy: FaultProxy) => Promise<void>): Promise<void> => {
    await using proxy = await startFaultProxy(target());
    await work(proxy);
  };

  it.each([401, 403, 409] as const)('says what %i means, and does not try again', (status) =>
    withProxy(async (proxy) => {
      proxy.plan = always(send, answered(status));
      const run = await publish(`said-${status}`, proxy.host);
      expect(run.outcome()).toMatch(words[status]);
      expect(await run.log()).not.toContain('trying again');
    }),
  );

  it('gives up on a server that fails to the last', () =>
    withProxy(async (proxy) => {
      proxy.plan = always(send, answered(500));
      const run = await publish('down', proxy.host, { retries: 1 });
      expect(run.outcome()).toMatch(/^infra-error: [^\n]*500/);
      expect((await run.log()).match(/trying again/g)).toHaveLength(1);
    }));

  it('waits for a server that is slow', () =>
    withProxy(async (proxy) => {
      proxy.plan = () => ({ type: 'slow', ms: 60 });
      expect((await publish('slow', proxy.host)).outcome()).toBe('succeeded');
    }));

  it('sends again what was cut in the middle', () =>
    withProxy(async (proxy) => {
      proxy.plan = failFirst(send, [{ type: 'cut-request', afterBytes: 1 }]);
      const run = await publish('cut-sent', proxy.host);
      expect(run.outcome()).toBe('succeeded');
      expect(await run.log()).toContain('trying again');
    }));

  it('reads again what was cut in the middle', () =>
    withProxy(async (proxy) => {
      const cut = failFirst(readBack, [{ type: 'cut-answer', afterBytes: 1_000 }]);
      let isSent = false;
      proxy.plan = (request) => {
        isSent ||= send.test(`${request.method} ${request.url}`);
        return isSent ? cut(request) : null;
      };
      const run = await publish('cut-read', proxy.host);
      expect(run.outcome()).toBe('succeeded');
      expect(await run.log()).toContain('trying again');
    }));

  it('notices that what comes back is other content', () =>
    withProxy(async (proxy) => {
      let isSent = false;
      proxy.plan = (request) => {
        const line = `${request.method} ${request.url}`;
        isSent ||= send.test(line);
        return isSent && readBack.test(line) ? { type: 'answer', status: 200, body: 'something else' } : null;
      };
      expect((await publish('other', proxy.host)).outcome()).toMatch(otherContent);
    }));

  it('believes no server that says yes and keeps nothing', () =>
    withProxy(async (proxy) => {
      proxy.plan = always(send, { type: 'answer', status: 201, body: '{}' });
      const run = await publish('kept-nothing', proxy.host, { retries: 0 });
      expect(run.outcome()).toMatch(/^infra-error: [^\n]+$/);
      expect(count(proxy, send)).toBeGreaterThan(0);
    }));

  it('ends with its stage while a server never answers', () =>
    withProxy(async (proxy) => {
      proxy.plan = () => ({ type: 'slow', ms: 60_000 });
      const run = await publish('stuck', proxy.host, { timeout: '1s' });
      expect(run.stage().status).toBe('timed-out');
    }));
}

/** A stage with its own fields beside the settings of its kind. */
const stageOf = (uses: string, settings: StageText, { timeout, ...more }: StageText, rest: StageText) => ({
  ...{ uses, with: { ...settings, ...more }, ...rest },
  ...(timeout !== undefined && { timeout }),
});

describe.skipIf(isMissing('verdaccio', 'htpasswd', 'npm'))('publish.npm', () => {
  let registry: TestVerdaccio;
  beforeAll(async () => {
    registry = await startVerdaccio();
    await fixture.host.vault.set('NPM_TOKEN', { type: 'global' }, registry.token);
  });
  afterAll(() => registry[Symbol.asyncDispose]());

  faults(() => registry.host, {
    async publish(name, host, more = {}) {
      fixture.write('package.json', JSON.stringify({ name, version: '1.0.0', files: ['data.bin'] }));
      fixture.write('data.bin', randomBytes(20_000));
      const settings = { registry: `http://${host}/`, token: '${{ secrets.NPM_TOKEN }}' };
      return fixture.runStage(stageOf('publish.npm', settings, more, { secrets: ['NPM_TOKEN'] }));
    },
    send: /^PUT /,
    readBack: /^GET .*\.tgz/,
    words: {
      401: /^infra-error: .*does not know who publishes \(401\)/,
      403: /^infra-error: .*whoever publishes may not \(403\)/,
      409: /^infra-error: .*somebody publishes it at this moment \(409\)/,
    },
    otherContent: /^infra-error: .*gives other content back for other 1\.0\.0/,
  });
});

describe.skipIf(isMissing('docker-registry', 'htpasswd'))('publish.oci', () => {
  let registry: TestRegistry;
  beforeAll(async () => {
    registry = await startDockerRegistry(true);
  });
  afterAll(() => registry[Symbol.asyncDispose]());

  faults(() => registry.host, {
    async publish(name, host, more = {}) {
      fixture.write('dist/shop.tgz', randomBytes(20_000));
      const settings = { to: `${host}/team/${name}:1`, paths: 'dist/shop.tgz' };
      return fixture.runStage(stageOf('publish.oci', settings, more, {}));
    },
    send: /^(PATCH|PUT) .*\/uploads\//,
    readBack: /^GET .*\/blobs\/sha256/,
    words: {
      401: /^infra-error: .*refused .*401/,
      403: /^infra-error: .*refused .*403.* may not/,
      409: /^infra-error: .*refused .*409/,
    },
    otherContent: /^infra-error: .* gives other content back for dist\/shop\.tgz/,
  });
});

describe.skipIf(isMissing('s3rver'))('publish.files to a bucket', () => {
  let s3: TestS3;
  beforeAll(async () => {
    s3 = await startS3();
    await fixture.host.vault.set('S3_KEY', { type: 'global' }, s3.key);
  });
  afterAll(() => s3[Symbol.asyncDispose]());

  faults(() => s3.host, {
    async publish(name, host, more = {}) {
      fixture.write('dist/shop.tgz', randomBytes(20_000));
      const settings = {
        ...{ to: 's3', target: 'releases/team', endpoint: `http://${host}`, 'access-key-id': s3.keyId },
        ...{ 'secret-access-key': '${{ secrets.S3_KEY }}', version: name, paths: 'dist/shop.tgz' },
      };
      return fixture.runStage(stageOf('publish.files', settings, more, { secrets: ['S3_KEY'] }));
    },
    send: /^PUT /,
    readBack: /^GET /,
    words: {
      401: /^infra-error: .*refused to take .*401/,
      403: /^infra-error: .*refused to take .*403.* may not/,
      409: /^infra-error: .*refused to take .*409/,
    },
    otherContent: /^infra-error: .*gives other content back/,
  });
});
