import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createNotifier, type Notifier, type NotifierOptions } from '#main/notify/create-notifier.ts';
import type { NotificationRule } from '#main/notify/rules.ts';
import { openStore, type Store } from '#main/store/open-store.ts';
import { interpolate } from '#shared/expressions/interpolate.ts';
import { runIdOf, stageIdOf } from '#shared/lib/ids.ts';
import type { RunEventBody } from '#shared/run/events.ts';
import { createFakeClock, type FakeClock } from '#test/support/fake-clock.ts';
import { mailServer } from './mail-server.ts';

const RUN = runIdOf('000000000000run1');
const FACTS = {
  runId: RUN,
  number: 12,
  name: 'Web <shop>',
  status: 'failed',
  projectDir: '/work/shop',
  pipelineFile: 'pipewright.yml',
  branch: 'main',
  commit: 'abcdef0123456789',
  trigger: 'cli',
  durationMs: 4_200,
  failedStages: ['unit'],
};

let dir: string;
let store: Store;
let clock: FakeClock;
let notifier: Notifier | null;
let tell: (seq: number, body: RunEventBody) => void;
const open: { close: (done: () => void) => unknown }[] = [];

beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-notify-'));
  store = openStore(dir);
  clock = createFakeClock();
  notifier = null;
});

afterEach(async () => {
  await notifier?.close();
  store.close();
  await Promise.all(
    open.splice(0).map((server) => new Promise<void>((resolve) => server.close(() => resolve()))),
  );
  rmSync(dir, { recursive: true, force: true });
});

function start(rules: readonly NotificationRule[], options: Partial<NotifierOptions> = {}): Notifier {
  notifier = createNotifier({
    clock,
    subscribe(listener) {
      tell = (seq, body) => listener(RUN, [{ ...body, runId: RUN, seq, at: '2026-11-02T09:00:00.000Z' }]);
      return () => undefined;
    },
    outbox: store.outbox,
    smtp: () => null,
    rulesOf: () => Promise.resolve(rules),
    describe: () => FACTS,
    lastSeq: () => 7,
    hadFailedBefore: () => false,
    resolveSecret: () => Promise.resolve(null),
    interpolate,
    ...options,
  });
  return notifier;
}

const FAILED = { type: 'run-finished', status: 'failed' } as const;
const SUCCEEDED = { type: 'run-finished', status: 'succeeded' } as const;

interface Receiver {
  readonly url: string;
  readonly bodies: unknown[];
}

/** Answers with these statuses in turn, the last one for ever. */
async function receiver(statuses: readonly number[] = [200]): Promise<Receiver> {
  const bodies: unknown[] = [];
  const server = http.createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      bodies.push(JSON.parse(text));
      response
        .writeHead(statuses[Math.min(bodies.length, statuses.length) - 1] ?? 200, { connection: 'close' })
        .end();
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  open.push(server);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, bodies };
}

it('tells once of a run whose own host is gone', async () => {
  const { url, bodies } = await receiver();
  const { idle, interrupted } = start([{ when: ['interrupted'], webhook: { url } }]);
  interrupted(RUN);
  interrupted(RUN);
  await idle();
  expect(bodies).toMatchObject([{ change: 'interrupted' }]);
});

it('posts the news in the words of the receiver, for the changes that were chosen', async () => {
  const { url, bodies } = await receiver();
  const { idle } = start([
    { when: ['failed'], webhook: { url, format: 'slack' } },
    { when: ['waiting-approval'], webhook: { url } },
    { webhook: { url, format: 'discord' } },
    { when: ['succeeded'], webhook: { url, format: 'teams' } },
  ]);
  tell(1, FAILED);
  await idle();
  expect(bodies).toHaveLength(2);
  expect(JSON.stringify(bodies)).toContain('Web &lt;shop&gt; #12 failed on main');
  expect(JSON.stringify(bodies)).toContain('"allowed_mentions":{"parse":[]}');

  tell(2, SUCCEEDED);
  await idle();
  expect(bodies[2]).toMatchObject({ type: 'message', attachments: [{ content: { type: 'AdaptiveCard' } }] });
  tell(3, {
    type: 'approval-requested',
    stage: stageIdOf('ship'),
    message: 'Ship it?',
    allowed: [],
    expiresAt: null,
  });
  await idle();
  expect(bodies[3]).toMatchObject({
    change: 'waiting-approval',
    approval: { stage: 'ship', message: 'Ship it?' },
    run: { number: 12, failedStages: ['unit'] },
  });
  expect(bodies).toHaveLength(4);
});

it('tells of a pipeline that works again', async () => {
  const { url, bodies } = await receiver();
  const { idle } = start([{ webhook: { url } }], { hadFailedBefore: () => true });
  tell(1, SUCCEEDED);
  await idle();
  expect(bodies).toMatchObject([{ change: 'fixed', text: 'Web <shop> #12 works again on main' }]);
});

it('puts a secret in when it sends, and keeps it nowhere', async () => {
  const { url, bodies } = await receiver();
  const { idle } = start(
    [
      { webhook: { url: 'CHAT_URL', template: 'It ${{ run.status }} with ${{ secrets.CHAT_URL }}' } },
      { webhook: { url: '${{ secrets.MISSING }}' } },
    ],
    { resolveSecret: (_run, name) => Promise.resolve(name === 'CHAT_URL' ? url : null) },
  );
  tell(1, FAILED);
  await idle();
  expect(bodies).toMatchObject([{ text: `It failed with ${url}` }]);
  const [failure] = store.outbox.failures(5);
  expect(failure?.error).toBe('There is no secret MISSING.');
  expect(JSON.stringify(store.outbox.failures(5))).not.toContain(url);
});

it('tries again later when the receiver cannot, and gives up when it will not', async () => {
  const busy = await receiver([503, 500, 200]);
  const refusing = await receiver([404]);
  const { idle } = start([{ webhook: { url: busy.url } }, { webhook: { url: refusing.url } }]);
  tell(1, FAILED);
  await idle();
  expect([busy.bodies.length, refusing.bodies.length]).toEqual([1, 1]);
  const before = clock.now();
  while (busy.bodies.length < 3) {
    clock.next();
    await idle();
  }
  expect(clock.now() - before).toBeGreaterThanOrEqual(15_000);
  expect(refusing.bodies).toHaveLength(1);
  expect(store.outbox.failures(5)).toMatchObject([{ attempts: 1, error: 'The receiver answered 404.' }]);
  expect(store.outbox.nextAt()).toBeNull();
});

it('sends after a restart what the host before could not', async () => {
  const { url, bodies } = await receiver([503, 200]);
  const first = start([{ webhook: { url } }]);
  tell(1, FAILED);
  await first.idle();
  await first.close();
  clock = createFakeClock(clock.now() + 60_000);
  await start([]).idle();
  expect(bodies).toHaveLength(2);
});

it('never makes a run wait for a receiver that does not answer', async () => {
  const server = net.createServer();
  const connected = new Promise<net.Socket>((resolve) => void server.once('connection', resolve));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  open.push(server);
  const { close } = start([
    { webhook: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` } },
  ]);
  tell(1, FAILED);
  const socket = await connected;
  await close();
  socket.destroy();
  expect(store.outbox.nextAt()).not.toBeNull();
});

it('sends an e-mail with the password from the vault, and gives up when nobody lives there', async () => {
  const server = await mailServer();
  const { port, mails } = server;
  open.push({ close: (done) => void server.close().then(done) });
  const smtp = {
    host: '127.0.0.1',
    port,
    secure: false,
    requireTls: false,
    user: 'ci',
    passwordSecret: 'SMTP_PASSWORD',
    from: 'Pipewright <ci@pipewright.invalid>',
  };
  const { idle } = start(
    [
      {
        email: {
          to: ['a@pipewright.invalid', 'b@pipewright.invalid'],
          subject: '${{ run.name }}\r\nBcc: x@y.invalid',
        },
      },
      { email: { to: ['refused@pipewright.invalid'] } },
    ],
    { smtp: () => smtp, resolveSecret: () => Promise.resolve('pass word') },
  );
  tell(1, FAILED);
  await idle();
  expect(mails).toHaveLength(1);
  const [mail = ''] = mails;
  expect(mail).toContain('AUTH ci pass word');
  expect(mail).toContain('RCPT TO:<a@pipewright.invalid>\nRCPT TO:<b@pipewright.invalid>');
  expect(mail).toContain('Subject: Web <shop>');
  expect(mail).not.toMatch(/^Bcc:/m);
  expect(mail).toContain('Failed: unit');
  expect(store.outbox.failures(5)[0]?.error).toBe('The mail server did not take it: answer 550.');
});
