import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTriggersFixture, PROJECT, type TriggersFixture } from './triggers-fixture.ts';

const SECRET = 'a shared secret';
const COMMIT = '1234567890123456789012345678901234567890';
const PUSH = {
  ref: 'refs/heads/main',
  after: COMMIT,
  deleted: false,
  commits: [{ added: ['src/new.ts'], modified: ['src/a.ts'], removed: [] }],
  sender: { login: 'octo' },
};

let fixture: TriggersFixture;
let url: string;

beforeEach(async () => {
  fixture = createTriggersFixture();
  fixture.pipeline('{ webhook: { branches: [main] } }');
  const triggers = fixture.host({
    resolveSecret: (name) => Promise.resolve(name === 'PIPEWRIGHT_WEBHOOK_SECRET' ? SECRET : null),
  });
  await triggers.start();
  url = triggers.webhookUrl(PROJECT) ?? '';
});

afterEach(() => fixture[Symbol.asyncDispose]());

const sign = (body: string, secret = SECRET): string =>
  createHmac('sha256', secret).update(body).digest('hex');

function github(body: string, delivery: string, secret = SECRET, event = 'push'): Record<string, string> {
  return {
    'x-github-event': event,
    'x-github-delivery': delivery,
    'x-hub-signature-256': `sha256=${sign(body, secret)}`,
  };
}

async function post(
  body: string,
  headers: Record<string, string>,
): Promise<{ status: number; text: string }> {
  const response = await fetch(url, { method: 'POST', body, headers });
  return { status: response.status, text: await response.text() };
}

it('starts a run for a signed push of GitHub, Gitea and GitLab', async () => {
  const body = JSON.stringify(PUSH);
  expect((await post(body, github(body, 'd1'))).status).toBe(202);
  const gitea = { 'x-gitea-event': 'push', 'x-gitea-delivery': 'd2', 'x-gitea-signature': sign(body) };
  expect((await post(body, { ...gitea, 'x-github-event': 'push' })).status).toBe(202);
  const lab = JSON.stringify({ ...PUSH, sender: undefined, user_username: 'octo', total_commits_count: 1 });
  const gitlab = { 'x-gitlab-event': 'Push Hook', 'x-gitlab-token': SECRET, 'x-gitlab-event-uuid': 'd3' };
  expect((await post(lab, gitlab)).status).toBe(202);
  expect(fixture.started).toHaveLength(3);
  for (const { trigger } of fixture.started) {
    expect(trigger).toMatchObject({
      type: 'webhook',
      ref: 'refs/heads/main',
      branch: 'main',
      commit: COMMIT,
      actor: 'octo',
      changed: ['src/a.ts', 'src/new.ts'],
    });
  }
});

it('refuses what is not signed with its secret, and starts nothing', async () => {
  const body = JSON.stringify(PUSH);
  const signed = github(body, 'd1');
  const wrong: Record<string, string>[] = [
    github(body, 'd1', 'another secret'),
    { ...signed, 'x-hub-signature-256': '' },
    { ...signed, 'x-hub-signature-256': `sha1=${sign(body)}` },
    { 'x-gitlab-event': 'Push Hook', 'x-gitlab-token': 'a shared secre' },
    { 'x-gitea-event': 'push', 'x-gitea-signature': sign(`${body} `) },
  ];
  for (const headers of wrong) expect((await post(body, headers)).status).toBe(401);
  expect((await post(`${body} `, signed)).status).toBe(401);
  expect((await post(body, {})).status).toBe(400);
  expect(fixture.started).toEqual([]);
  expect(fixture.store.triggers.firings({ limit: 1 })).toEqual([]);
});

it('does nothing when a delivery comes again, under its own name or another one', async () => {
  const body = JSON.stringify(PUSH);
  await post(body, github(body, 'd1'));
  expect((await post(body, github(body, 'd1'))).text).toMatch(/come before/);
  expect((await post(body, github(body, 'd2'))).text).toMatch(/come before/);
  expect(fixture.started).toHaveLength(1);
});

it('refuses a body that is too long, a payload that is none, and other requests', async () => {
  const long = 'x'.repeat(5 * 1024 * 1024 + 1);
  expect((await post(long, github(long, 'd1'))).status).toBe(413);
  expect((await post('[1', github('[1', 'd2'))).status).toBe(400);
  expect((await fetch(url)).status).toBe(405);
  expect((await fetch(url.replace(PROJECT, 'elsewhere'), { method: 'POST' })).status).toBe(404);
  expect(fixture.started).toEqual([]);
});

it('answers a ping, and notes why an event starts nothing', async () => {
  const ping = JSON.stringify({ zen: 'x' });
  expect((await post(ping, github(ping, 'd0', SECRET, 'ping'))).status).toBe(200);
  for (const [index, payload] of [
    { ...PUSH, ref: 'refs/heads/other' },
    { ...PUSH, deleted: true },
    { ...PUSH, ref: 'refs/tags/v1' },
  ].entries()) {
    const body = JSON.stringify(payload);
    expect((await post(body, github(body, `d${index + 1}`))).status).toBe(202);
  }
  expect(fixture.started).toEqual([]);
  expect(fixture.store.triggers.firings({ limit: 9 }).map(({ skipped }) => skipped)).toEqual([
    'it is a tag',
    'the branch was removed',
    'the branch other is not chosen',
  ]);
});
