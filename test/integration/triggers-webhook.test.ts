import { execFile, spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Triggers } from '#main/triggers/create-triggers.ts';
import { createRunId } from '#shared/lib/ids.ts';
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
let triggers: Triggers;
let url: string;

beforeEach(async () => {
  fixture = createTriggersFixture();
  fixture.pipeline('{ webhook: { branches: [main] } }');
  triggers = fixture.host({
    webhookLimits: { requestTimeoutMs: 1_000 },
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
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
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

const isPythonMissing = process.env['CI'] === undefined && spawnSync('python3', ['--version']).status !== 0;

it.skipIf(isPythonMissing || process.platform === 'win32')(
  'is called by the hook of a bare repository that the docs show',
  async () => {
    const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/triggers.md'), 'utf8');
    const [, hook = ''] = /^```python\n(.*?)^```$/ms.exec(page) ?? [];
    const [bare, clone] = [path.join(fixture.dir, 'bare.git'), path.join(fixture.dir, 'clone')];
    const git = (cwd: string, ...args: string[]) =>
      promisify(execFile)('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd });
    await git(fixture.dir, 'init', '-q', '--bare', bare);
    await git(fixture.dir, 'init', '-q', '-b', 'main', clone);
    const secretFile = path.join(bare, 'hooks', 'webhook-secret');
    writeFileSync(secretFile, `${SECRET}\n`, { mode: 0o600 });
    const script = hook.replace('http://127.0.0.1:47811/hooks/PROJECT', url);
    expect(script).toContain(url);
    writeFileSync(path.join(bare, 'hooks', 'post-receive'), script, { mode: 0o755 });
    const push = async (message: string): Promise<string> => {
      await git(clone, 'commit', '-q', '--allow-empty', '-m', message);
      return (await git(clone, 'push', bare, 'main')).stderr;
    };

    expect(await push('one')).not.toContain('was not told');
    const commit = (await git(clone, 'rev-parse', 'HEAD')).stdout.trim();
    expect(fixture.started.map(({ trigger }) => trigger)).toMatchObject([
      { type: 'webhook', event: 'push', ref: 'refs/heads/main', branch: 'main', commit },
    ]);
    writeFileSync(secretFile, 'another');
    expect(await push('two')).toContain('was not told of refs/heads/main: HTTP Error 401');
    expect(fixture.started).toHaveLength(1);
  },
);

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

it('takes JSON, also as the field of a form, and no other content type', async () => {
  const body = JSON.stringify(PUSH);
  for (const type of ['text/plain', 'multipart/form-data; boundary=x', 'application/jsonp']) {
    const { status, text } = await post(body, { ...github(body, 'd1'), 'content-type': type });
    expect([status, text]).toEqual([415, 'Choose application/json as the content type.\n']);
  }
  const form = `payload=${encodeURIComponent(body)}`;
  const type = 'application/x-www-form-urlencoded';
  expect((await post(form, { ...github(form, 'd2'), 'content-type': type })).status).toBe(202);
  expect(fixture.started).toHaveLength(1);
});

it('cuts off a sender that never ends, and one that says it would send too much', async () => {
  const { port } = new URL(url);
  const say = async (...lines: readonly string[]): Promise<string> => {
    const socket = net.connect(Number(port), '127.0.0.1');
    socket.write(`POST /hooks/${PROJECT} HTTP/1.1\r\nHost: x\r\n${lines.join('\r\n')}`);
    let answer = '';
    for await (const chunk of socket.setEncoding('utf8')) answer += String(chunk);
    return answer;
  };
  const known = ['X-GitHub-Event: push', 'Content-Type: application/json'];
  expect(await say(...known, 'Content-Length: 99999999', '', '{')).toMatch(
    /^HTTP\/1\.1 413 .*5242880 bytes/s,
  );
  expect(await say('X-Slow: 1')).toMatch(/^HTTP\/1\.1 408 /);
  expect(await say(...known, 'Content-Length: 100', '', '{')).toMatch(/^HTTP\/1\.1 408 /);
  expect(fixture.started).toEqual([]);
}, 20_000);

it('answers in time while the commit is still being fetched, and the run comes all the same', async () => {
  const fetched = Promise.withResolvers<undefined>();
  const slow = createTriggersFixture();
  slow.pipeline('webhook');
  const triggers = slow.host({
    resolveSecret: () => Promise.resolve(SECRET),
    webhookLimits: { answerWithinMs: 0 },
    startRun: async () => {
      await fetched.promise;
      return createRunId(0, Math.random);
    },
  });
  await triggers.start();
  url = triggers.webhookUrl(PROJECT) ?? '';
  const body = JSON.stringify(PUSH);
  const { status, text } = await post(body, github(body, 'd1'));
  expect([status, text]).toEqual([202, expect.stringMatching(/still being fetched/)]);
  fetched.resolve(undefined);
  expect((await slow.untilFirings(1))[0]?.runId).not.toBeNull();
  await slow[Symbol.asyncDispose]();
});

it('leaves a delivery for the host that has taken over, without remembering it', async () => {
  const body = JSON.stringify(PUSH);
  fixture.store.triggers.releaseLease('host-0');
  expect(fixture.store.triggers.holdLease('another', Date.now(), 60_000)).toBe(true);
  const refused = await post(body, github(body, 'd1'));
  expect([refused.status, refused.text]).toEqual([503, expect.stringMatching(/send it again/)]);
  fixture.store.triggers.releaseLease('another');
  expect((await post(body, github(body, 'd1'))).status).toBe(202);
  expect(fixture.started).toHaveLength(1);
});

it('starts one run of a delivery that comes twice at the same moment', async () => {
  const body = JSON.stringify(PUSH);
  const answers = await Promise.all([1, 2, 3, 4].map(() => post(body, github(body, 'd1'))));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 202]);
  expect(fixture.started).toHaveLength(1);
});

it('says what a merge request of GitLab and a pull request of Gitea and GitHub want to have run', async () => {
  fixture.pipeline('{ pull-request: { branches: [main] } }');
  await triggers.refresh();
  const lab = {
    object_attributes: {
      ...{ iid: 3, action: 'open', source_branch: 'topic', target_branch: 'main' },
      ...{ source_project_id: 1, target_project_id: 1, last_commit: { id: COMMIT } },
    },
  };
  const hub = (action: string, from: number | null): object => ({
    action,
    pull_request: {
      number: 4,
      head: { sha: COMMIT, ref: 'topic', repo: from === null ? null : { id: from } },
      base: { ref: 'main', repo: { id: 1 } },
    },
  });
  const bodies: [string, object][] = [
    ['gitlab', lab],
    ['gitlab', { object_attributes: { ...lab.object_attributes, source_project_id: 2 } }],
    ['gitlab', { object_attributes: { ...lab.object_attributes, action: 'update' } }],
    ['gitlab', { object_attributes: { ...lab.object_attributes, action: 'update', oldrev: COMMIT } }],
    ['github', hub('opened', 1)],
    ['github', hub('labeled', 1)],
    ['github', hub('opened', null)],
    ['gitea', hub('synchronized', 1)],
  ];
  for (const [index, [sender, payload]] of bodies.entries()) {
    const body = JSON.stringify(payload);
    const headers: Record<string, Record<string, string>> = {
      gitlab: {
        'x-gitlab-event': 'Merge Request Hook',
        'x-gitlab-token': SECRET,
        'x-gitlab-event-uuid': `${index}`,
      },
      github: github(body, `${index}`, SECRET, 'pull_request'),
      gitea: {
        'x-gitea-event': 'pull_request',
        'x-gitea-delivery': `${index}`,
        'x-gitea-signature': sign(body),
      },
    };
    expect((await post(body, headers[sender]!)).status).toBe(202);
  }
  const common = { commit: COMMIT, branch: 'topic', remote: 'origin' };
  expect(fixture.started.map(({ checkout }) => checkout)).toEqual([
    { ...common, ref: 'refs/merge-requests/3/head' },
    { ...common, ref: 'refs/merge-requests/3/head' },
    { ...common, ref: 'refs/pull/4/head' },
    { ...common, ref: 'refs/pull/4/head' },
  ]);
  const skipped = fixture.store.triggers.firings({ limit: 20 }).flatMap(({ skipped }) => skipped ?? []);
  expect(skipped.reverse()).toEqual([
    'it comes from a fork, whose code is not run on this machine',
    'a pull request without new commits (update) starts nothing',
    'a pull request without new commits (labeled) starts nothing',
    'it comes from a fork, whose code is not run on this machine',
  ]);
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
