import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startBackground } from '#main/host/background.ts';
import { createHost, type Host } from '#main/host/create-host.ts';
import { serve, type Server } from '#main/host/http/serve.ts';
import type { Settings } from '#shared/api/setting-schemas.ts';
import { runIdOf } from '#shared/lib/ids.ts';
import { trustPipeline } from '#test/support/trust.ts';
import { mailServer, type MailServer } from './mail-server.ts';

const CANARY = 'canary-5e1f';

let dir: string;
let host: Host;
let server: Server;
let mail: MailServer | null;

beforeEach(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-settings-'));
  const rendererDir = path.join(dir, 'renderer');
  mkdirSync(rendererDir);
  writeFileSync(path.join(rendererDir, 'index.html'), '<title>Pipewright</title>');
  host = await createHost({ dataDir: path.join(dir, 'data'), mode: 'browser' });
  server = await serve(host, { port: 0, rendererDir });
  mail = null;
});

afterEach(async () => {
  await mail?.close();
  await server.close();
  await host.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Calls the API as a tool would. */
async function call(
  method: string,
  pathname: string,
  body?: object,
): Promise<{ readonly status: number; readonly text: string; readonly value: unknown }> {
  const response = await fetch(`http://127.0.0.1:${server.port}/api${pathname}`, {
    method,
    headers: {
      authorization: `Bearer ${server.token}`,
      'content-type': 'application/json',
      connection: 'close',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, text, value: JSON.parse(text) as unknown };
}

const SMTP = { host: '127.0.0.1', port: 25, from: 'Pipewright <ci@pipewright.invalid>' };

it('answers with every section as it is in effect, off where nothing was set', async () => {
  const { value } = await call('GET', '/settings');
  expect(value).toMatchObject({
    notifications: { smtp: null, rules: [] },
    triggers: { webhookEnabled: true, webhookHost: '127.0.0.1', webhookPort: 47_811 },
    storage: { retention: { auto: true, maxRuns: 200 }, cacheMaxBytes: 5_000_000_000 },
    telemetry: { metrics: { enabled: false }, traces: { enabled: false } },
  });
});

it('keeps a section and leaves the others alone', async () => {
  const rules = [{ when: ['failed'], webhook: { url: 'CHAT_URL', format: 'slack' } }];
  const set = await call('PUT', '/settings', {
    section: 'notifications',
    value: { smtp: { ...SMTP, passwordSecret: 'SMTP_PASSWORD' }, rules },
  });
  const stored = (set.value as Settings).notifications;
  expect(stored).toMatchObject({
    smtp: { host: '127.0.0.1', requireTls: false, user: null, passwordSecret: 'SMTP_PASSWORD' },
    rules: [{ ...rules[0], projectId: null }],
  });
  const limits = { maxAgeMs: null, maxRuns: 5, maxBytes: 1, maxWorkspaceAgeMs: 0, auto: false };
  await call('PUT', '/settings', { section: 'storage', value: { retention: limits, cacheMaxBytes: 7 } });
  expect((await call('GET', '/settings')).value).toMatchObject({
    notifications: stored,
    storage: { retention: limits, cacheMaxBytes: 7 },
  });
});

it('names the field that does not fit, and changes nothing', async () => {
  const before = await call('GET', '/settings');
  for (const [change, field] of [
    [{ section: 'notifications', value: { smtp: { ...SMTP, port: 70_000 } } }, '["value","smtp","port"]'],
    [{ section: 'notifications', value: { rules: [{ when: ['failed'] }] } }, '["value","rules",0]'],
    [{ section: 'triggers', value: { webhookHost: 'http://x/' } }, '["value","webhookHost"]'],
    [{ section: 'storage', value: { retention: { maxRuns: 0 } } }, '["value","retention","maxRuns"]'],
    [{ section: 'telemetry', value: { traces: { endpoint: 'nowhere' } } }, '["value","traces","endpoint"]'],
  ] as const) {
    const { status, text } = await call('PUT', '/settings', change);
    expect([status, text.includes(`"path":${field}`), text]).toEqual([400, true, text]);
  }
  expect(await call('GET', '/settings')).toEqual(before);
});

it('reads what fits of settings that were written by hand', async () => {
  host.store.settings.set('notifications', {
    smtp: 'none',
    rules: [{ email: { to: ['me@example.org'] } }, { email: 'me' }],
  });
  host.store.settings.set('triggers', { webhookPort: 'high' });
  expect((await call('GET', '/settings')).value).toMatchObject({
    notifications: { smtp: null, rules: [{ projectId: null, email: { to: ['me@example.org'] } }] },
    triggers: { webhookPort: 47_811 },
  });
});

it('sends a test e-mail with the password by its name, before the server is saved', async () => {
  mail = await mailServer();
  await host.vault.set('SMTP_PASSWORD', { type: 'global' }, CANARY);
  const channel = {
    type: 'email',
    to: ['me@pipewright.invalid'],
    subject: '${{ run.name }}: ${{ run.change }}',
  };
  const smtp = { ...SMTP, port: mail.port, user: 'ci', passwordSecret: 'SMTP_PASSWORD' };
  const { value, text } = await call('POST', '/notifications/test', { channel, smtp });
  expect(value).toEqual({ sent: true, reason: null });
  expect(text).not.toContain(CANARY);
  expect(mail.mails[0]).toContain(`AUTH ci ${CANARY}`);
  expect(mail.mails[0]).toContain('Subject: Test message: failed');

  const missing = { ...smtp, passwordSecret: 'OTHER' };
  expect(await call('POST', '/notifications/test', { channel, smtp: missing })).toMatchObject({
    value: { sent: false, reason: 'There is no secret OTHER.' },
  });
  expect(await call('POST', '/notifications/test', { channel })).toMatchObject({
    value: { sent: false, reason: 'No mail server is set.' },
  });
  const refused = { ...channel, to: ['refused@pipewright.invalid'] };
  expect(await call('POST', '/notifications/test', { channel: refused, smtp })).toMatchObject({
    value: { sent: false, reason: expect.stringContaining('550') as string },
  });
});

it('posts a test to a webhook, whose address may be a secret of a project, and says why it failed', async () => {
  const bodies: unknown[] = [];
  let status = 200;
  const receiver = http.createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      bodies.push(JSON.parse(text));
      response.writeHead(status, { connection: 'close' }).end();
    });
  });
  await new Promise<void>((resolve) => void receiver.listen(0, '127.0.0.1', resolve));
  try {
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/${CANARY}`;
    const project = host.store.projects.add(dir);
    await host.vault.set('CHAT_URL', { type: 'project', projectId: project.id }, url);
    const channel = {
      type: 'webhook',
      url: 'CHAT_URL',
      format: 'json',
      template: '${{ run.name }} ${{ git.branch }}',
    };
    const test = (extra: object) => call('POST', '/notifications/test', { channel, ...extra });
    expect((await test({ projectId: project.id, change: 'fixed' })).value).toEqual({
      sent: true,
      reason: null,
    });
    expect(bodies).toMatchObject([{ text: 'Test message main', change: 'fixed' }]);
    expect((await test({})).value).toEqual({ sent: false, reason: 'There is no secret CHAT_URL.' });
    status = 404;
    const refused = await test({ projectId: project.id });
    expect(refused.value).toEqual({ sent: false, reason: 'The receiver answered 404.' });
    expect(refused.text).not.toContain(CANARY);
  } finally {
    await new Promise<void>((resolve) => receiver.close(() => resolve()));
  }
});

it('shows what a message would say, with secrets hidden', async () => {
  await host.vault.set('TOKEN', { type: 'global' }, CANARY);
  const preview = async (template: string) =>
    call('POST', '/notifications/preview', {
      channel: { type: 'webhook', url: 'https://example.org', format: 'discord', template },
    });
  const good = await preview('${{ run.status }} ${{ secrets.TOKEN }}');
  expect(good.value).toMatchObject({ problem: null, text: expect.stringContaining('failed ***') as string });
  expect(good.text).not.toContain(CANARY);
  expect((await preview('${{ run.')).value).toMatchObject({
    text: null,
    problem: expect.any(String) as string,
  });
  const email = await call('POST', '/notifications/preview', {
    channel: { type: 'email', to: ['me@example.org'] },
    change: 'waiting-approval',
  });
  expect(email.value).toMatchObject({
    text: expect.stringMatching(/^Subject: Test message #1 waits for an approval on main\n/) as string,
  });
});

it('lists what was sent, what is tried again and what was given up, without the path of an address', async () => {
  const { outbox } = host.store;
  const message = (channel: object) => ({
    type: 'message',
    runId: runIdOf('0000000000000000'),
    news: { change: 'failed', approval: null },
    channel,
  });
  const webhook = (url: string) => message({ type: 'webhook', url, format: 'json', template: null });
  outbox.add({ key: 'a', body: message({ type: 'email', to: ['a@x.org', 'b@x.org'], subject: null }) }, 1);
  outbox.add({ key: 'b', body: webhook(`https://chat.example.org/${CANARY}`) }, 1);
  outbox.add({ key: 'c', body: webhook('CHAT_URL') }, 1);
  const [a, b, c] = outbox.take(1, 1_000, 3);
  outbox.finish(a!.id, 60_000);
  outbox.retry(b!.id, 120_000, 'The receiver answered 503.');
  outbox.giveUp(c!.id, 180_000, 'There is no secret CHAT_URL.');
  const { value, text } = await call('GET', '/notifications?limit=10');
  expect(text).not.toContain(CANARY);
  expect(value).toMatchObject([
    {
      target: 'CHAT_URL',
      state: 'given-up',
      at: '1970-01-01T00:03:00.000Z',
      nextAt: null,
      reason: 'There is no secret CHAT_URL.',
    },
    {
      target: 'chat.example.org',
      state: 'retrying',
      at: null,
      nextAt: '1970-01-01T00:02:00.000Z',
      reason: 'The receiver answered 503.',
      attempts: 1,
    },
    { target: 'a@x.org, b@x.org', state: 'sent', at: '1970-01-01T00:01:00.000Z', run: null },
  ]);
});

it('tells of the runs of the project that a rule is for, and lists the message', async () => {
  const bodies: string[] = [];
  const told = Promise.withResolvers<undefined>();
  const receiver = http.createServer((request, response) => {
    bodies.push(request.url ?? '');
    response.writeHead(200, { connection: 'close' }).end();
    told.resolve(undefined);
  });
  await new Promise<void>((resolve) => void receiver.listen(0, '127.0.0.1', resolve));
  writeFileSync(path.join(dir, 'pipewright.yml'), 'name: Shop\nstages: { a: { run: exit 1 } }\n');
  await trustPipeline(host, dir);
  const { id } = host.store.projects.add(dir);
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  const rule = (projectId: string | null, where: string) => ({
    when: ['failed'],
    projectId,
    webhook: { url: `${url}/${where}` },
  });
  const rules = [rule('another0project', 'other'), rule(id, 'own'), rule(null, 'all')];
  await call('PUT', '/settings', { section: 'notifications', value: { rules } });
  const background = startBackground(host);
  try {
    const run = await call('POST', '/runs', { projectId: id, file: 'pipewright.yml' });
    expect(run.status).toBe(200);
    await told.promise;
    await expect
      .poll(async () => (await call('GET', '/notifications')).value)
      .toMatchObject([
        { state: 'sent', change: 'failed', run: { number: 1, name: 'Shop' } },
        { state: 'sent', target: url.slice('http://'.length) },
      ]);
    expect(bodies.toSorted()).toEqual(['/all', '/own']);
  } finally {
    await background.close();
    await new Promise<void>((resolve) => receiver.close(() => resolve()));
  }
});
