import { renameSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createFakeClock, type FakeClock } from '#test/support/fake-clock.ts';
import type { TriggerOptions } from '#main/triggers/create-triggers.ts';
import type { RecentRun } from '#main/triggers/ports.ts';
import { hasErrors } from '#shared/pipeline/issue-list.ts';
import { parsePipeline } from '#shared/pipeline/parse.ts';
import { startGitHttpServer } from './kinds/git-http-server.ts';
import { createRepositories } from './triggers-repositories.ts';
import { createTriggersFixture, PROJECT, runGit, type TriggersFixture } from './triggers-fixture.ts';

const KEY = { projectId: PROJECT, file: 'pipewright.yml', type: 'poll' } as const;

// Git lets files be asked by an address of a pipeline only where somebody has allowed it.
beforeEach(() => {
  vi.stubEnv('GIT_CONFIG_COUNT', '1');
  vi.stubEnv('GIT_CONFIG_KEY_0', 'protocol.file.allow');
  vi.stubEnv('GIT_CONFIG_VALUE_0', 'always');
});
afterEach(() => void vi.unstubAllEnvs());

const stateOf = ({ store }: TriggersFixture) => store.triggers.stateOf(KEY);
const firings = ({ store }: TriggersFixture) => store.triggers.firings({ limit: 100 });
const trigger = (fixture: TriggersFixture, index: number) => fixture.started[index]?.trigger;

/** Lets time go on until it is so. */
async function until(clock: FakeClock, isSo: () => boolean): Promise<void> {
  const step = (): boolean => {
    if (!isSo()) clock.next();
    return isSo();
  };
  await expect.poll(step, { timeout: 20_000 }).toBe(true);
}

/** Lets the remote be asked once more, and resolves when that is over. */
async function askAgain(clock: FakeClock, fixture: TriggersFixture): Promise<void> {
  const last = stateOf(fixture).askedAtMs ?? 0;
  await until(clock, () => (stateOf(fixture).askedAtMs ?? 0) > last);
}

async function begin(clock: FakeClock, fixture: TriggersFixture, options?: Partial<TriggerOptions>) {
  const triggers = fixture.host(options);
  await triggers.start();
  const at = clock.now();
  await expect.poll(() => stateOf(fixture).askedAtMs, { timeout: 20_000 }).toBe(at);
  return triggers;
}

it('starts a run for each new commit, branch and tag that is chosen, and none for what is there or goes', async () => {
  const clock = createFakeClock();
  await using fixture = createTriggersFixture(clock);
  const { url, other, commit } = createRepositories(fixture);
  const first = runGit(other, 'rev-parse', 'main').trim();
  fixture.pipeline(`{ poll: { url: "${url}", branches: [main, "release/**"], tags: ["v*"], every: 10s } }`);
  const triggers = await begin(clock, fixture);
  await askAgain(clock, fixture);
  expect(fixture.started).toEqual([]);

  const second = commit('src/a');
  await until(clock, () => fixture.started.length === 1);
  expect(trigger(fixture, 0)).toEqual({
    type: 'poll',
    event: url,
    ref: 'refs/heads/main',
    branch: 'main',
    commit: second,
    before: first,
    changed: ['src/a'],
    reason: `main of ${url} is at ${second.slice(0, 10)}.`,
  });
  expect(fixture.started[0]?.checkout).toEqual({
    commit: second,
    branch: 'main',
    ref: 'refs/heads/main',
    remote: url,
  });
  expect(runGit(fixture.projectDir, 'cat-file', '-t', second).trim()).toBe('commit');
  expect(runGit(fixture.projectDir, 'branch', '--all').trim()).toBe('');

  commit('b', 'topic');
  const release = commit('c', 'release/1/x');
  await until(clock, () => fixture.started.length === 2);
  expect(trigger(fixture, 1)).toMatchObject({ branch: 'release/1/x', commit: release });
  expect(trigger(fixture, 1)).not.toHaveProperty('before');

  runGit(other, 'tag', '-a', '-m', 'one', 'v1', 'main');
  runGit(other, 'push', '-q', 'origin', 'v1');
  await until(clock, () => fixture.started.length === 3);
  expect(trigger(fixture, 2)).toMatchObject({ ref: 'refs/tags/v1', commit: second });

  runGit(other, 'push', '-q', 'origin', '--delete', 'v1', 'release/1/x');
  runGit(other, 'checkout', '-q', 'main');
  runGit(other, 'branch', '-q', '-D', 'release/1/x');
  await askAgain(clock, fixture);
  // A branch in the place of a folder of branches.
  const shorter = commit('d', 'release/1');
  await until(clock, () => fixture.started.length === 4);
  expect(trigger(fixture, 3)).toMatchObject({ branch: 'release/1', commit: shorter });
  await askAgain(clock, fixture);
  expect(firings(fixture).map(({ skipped }) => skipped)).toEqual([null, null, null, null]);

  const [listed] = await triggers.list();
  expect(listed).toMatchObject({
    type: 'poll',
    summary: `${url}, asked every 10s: branches main, release/**; tags v*`,
    fault: null,
    askedAt: new Date(stateOf(fixture).askedAtMs ?? 0).toISOString(),
  });
  expect(Date.parse(listed?.nextAt ?? '')).toBeGreaterThan(clock.now());
}, 60_000);

it('asks the remote `origin` unless told otherwise, and finds after a restart what moved meanwhile, once', async () => {
  const clock = createFakeClock();
  await using fixture = createTriggersFixture(clock);
  const { remote, commit } = createRepositories(fixture);
  runGit(fixture.projectDir, 'remote', 'add', 'origin', remote);
  fixture.pipeline('poll');
  const first = await begin(clock, fixture);
  expect(stateOf(fixture).askNextAtMs).toBe(clock.now() + 300_000);
  await first.stop();

  const moved = commit('a');
  const second = fixture.host();
  await second.start();
  await fixture.until(1);
  await until(clock, () => (stateOf(fixture).askedAtMs ?? 0) === clock.now());
  await second.stop();
  expect(trigger(fixture, 0)).toMatchObject({ type: 'poll', event: 'origin', commit: moved, changed: ['a'] });

  await fixture.host().start();
  await askAgain(clock, fixture);
  expect(fixture.started).toHaveLength(1);
}, 60_000);

it('neither loses nor repeats a move of which the host died while its run was made', async () => {
  const clock = createFakeClock();
  await using fixture = createTriggersFixture(clock);
  const { url, commit } = createRepositories(fixture);
  fixture.pipeline(`{ poll: { url: "${url}", every: 10s } }`);
  const stopped = await begin(clock, fixture);

  // Ended before the run is there: the next host finds the move again.
  const lost = commit('a');
  let isAsked = false;
  await stopped.stop();
  const dying = fixture.host({
    startRun: (_pipeline, _trigger, _checkout, signal) =>
      new Promise((_, reject) => {
        isAsked = true;
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      }),
  });
  await dying.start();
  await until(clock, () => isAsked);
  const during = stateOf(fixture).cursor!;
  await dying.stop();
  expect(firings(fixture)).toEqual([]);
  expect(stateOf(fixture).cursor).toBe(during);

  // The same moment, but the run had been stored: it is known, and does not run again.
  const runs: RecentRun[] = [];
  const recentRuns = () => runs;
  runs.push({ from: clock.now(), to: null, trigger: 'poll', commit: lost, branch: 'main' });
  const knowing = fixture.host({ recentRuns });
  await knowing.start();
  await until(clock, () => stateOf(fixture).cursor !== during);
  await askAgain(clock, fixture);
  await knowing.stop();
  expect(fixture.started).toEqual([]);

  // And where there is no such run, it is made.
  fixture.store.triggers.setCursor(KEY, during);
  runs.length = 0;
  await fixture.host({ recentRuns }).start();
  await fixture.until(1);
  expect(trigger(fixture, 0)).toMatchObject({ commit: lost });
}, 60_000);

it('says why a repository does not answer, asks it ever more seldom, and goes on when it is back', async () => {
  const clock = createFakeClock();
  await using fixture = createTriggersFixture(clock);
  const { url, remote, commit } = createRepositories(fixture);
  fixture.pipeline(`{ poll: { url: "${url}", every: 10s } }`);
  const triggers = await begin(clock, fixture);
  renameSync(remote, `${remote}.away`);
  const waits: number[] = [];
  for (let count = 0; count < 4; count += 1) {
    await askAgain(clock, fixture);
    const { askNextAtMs, fault } = stateOf(fixture);
    waits.push((askNextAtMs ?? 0) - clock.now());
    expect(fault).toMatch(/^file:.* could not be asked: .*does not (exist|appear to be a git repository)/);
  }
  expect(waits).toEqual([10_000, 20_000, 40_000, 80_000]);
  expect((await triggers.list())[0]?.fault).toMatch(/could not be asked/);

  renameSync(`${remote}.away`, remote);
  const moved = commit('a');
  await until(clock, () => fixture.started.length === 1);
  expect(trigger(fixture, 0)).toMatchObject({ commit: moved });
  await askAgain(clock, fixture);
  expect(stateOf(fixture).fault).toBeNull();
}, 60_000);

it('notes another repository anew instead of taking it for moves of the one before', async () => {
  const clock = createFakeClock();
  await using fixture = createTriggersFixture(clock);
  const { remote } = createRepositories(fixture);
  runGit(fixture.projectDir, 'remote', 'add', 'origin', remote);
  fixture.pipeline('poll');
  await begin(clock, fixture);
  const before = stateOf(fixture).cursor;

  const elsewhere = path.join(fixture.dir, 'elsewhere');
  runGit(fixture.dir, 'init', '-q', elsewhere);
  runGit(elsewhere, 'commit', '-q', '--allow-empty', '-m', 'other');
  runGit(fixture.projectDir, 'remote', 'set-url', 'origin', elsewhere);
  await askAgain(clock, fixture);
  expect(stateOf(fixture).cursor).not.toBe(before);
  expect(firings(fixture)).toEqual([]);
}, 60_000);

it('asks nothing of files that Git does not let an address of a file ask for, nor without its secret', async () => {
  const clock = createFakeClock();
  await using fixture = createTriggersFixture(clock);
  const { url } = createRepositories(fixture);
  vi.stubEnv('GIT_CONFIG_VALUE_0', 'user');
  fixture.pipeline(`{ poll: { url: "${url}" } }`);
  await begin(clock, fixture);
  expect(stateOf(fixture).fault).toMatch(/transport 'file' not allowed; Git's setting/);

  fixture.pipeline('{ poll: { url: "https://127.0.0.1:9/a.git", secret: SHOP_GIT_TOKEN } }', {
    file: 'second.yml',
  });
  const triggers = fixture.host({ hostId: 'host-0', resolveSecret: () => Promise.resolve(null) });
  await triggers.start();
  await expect
    .poll(async () => (await triggers.list()).find(({ file }) => file === 'second.yml')?.fault, {
      timeout: 20_000,
    })
    .toBe(
      'There is no secret SHOP_GIT_TOKEN to sign in with: store it with `pipewright secrets set SHOP_GIT_TOKEN`.',
    );
}, 60_000);

it('signs in over HTTP with the secret that the file names, and says so when the server does not take it', async () => {
  const clock = createFakeClock();
  await using fixture = createTriggersFixture(clock);
  const { commit } = createRepositories(fixture);
  await using server = await startGitHttpServer(fixture.dir);
  server.access = 'ada:a shared secret';
  const on = `url: "${server.url}/remote.git", every: 10s`;
  fixture.pipeline(`{ poll: { ${on} } }`);
  const triggers = await begin(clock, fixture);
  const wayOut = /could not read Username .*; give a secret that may read it, or let a credential helper/;
  expect(stateOf(fixture).fault).toMatch(wayOut);
  expect(stateOf(fixture).cursor).toBeNull();

  fixture.pipeline(`{ poll: { ${on}, username: ada, secret: SHOP_GIT_TOKEN } }`);
  await triggers.refresh();
  await expect.poll(() => stateOf(fixture).cursor, { timeout: 20_000 }).not.toBeNull();
  const moved = commit('a');
  await until(clock, () => fixture.started.length === 1);
  expect(trigger(fixture, 0)).toMatchObject({ commit: moved });
  expect(runGit(fixture.projectDir, 'cat-file', '-t', moved).trim()).toBe('commit');

  server.access = 'ada:another';
  await until(clock, () => /Authentication failed/.test(stateOf(fixture).fault ?? ''));
  const kept = JSON.stringify([stateOf(fixture), firings(fixture), await triggers.list()]);
  expect(kept).not.toContain('a shared secret');
}, 60_000);

it('asks no address and gives away no secret before the pipeline is trusted', async () => {
  const clock = createFakeClock();
  await using fixture = createTriggersFixture(clock);
  const { url } = createRepositories(fixture);
  const on = `{ poll: { url: "${url}", secret: SHOP_GIT_TOKEN } }`;
  const asked: string[] = [];
  const resolveSecret = (name: string): Promise<string> => {
    asked.push(name);
    return Promise.resolve('a secret');
  };
  fixture.pipeline(on, { fault: 'Not trusted.' });
  const triggers = fixture.host({ resolveSecret });
  await triggers.start();
  await triggers.refresh();
  expect((await triggers.list())[0]).toMatchObject({ fault: 'Not trusted.', askedAt: null });
  expect(asked).toEqual([]);

  fixture.pipeline(on);
  await triggers.refresh();
  await expect.poll(() => stateOf(fixture).askedAtMs, { timeout: 20_000 }).not.toBeNull();
  expect(asked).toEqual(['SHOP_GIT_TOKEN']);
}, 60_000);

it('ends at once, with what Git has started, when it is stopped while a server is silent', async () => {
  const clock = createFakeClock();
  await using fixture = createTriggersFixture(clock);
  createRepositories(fixture);
  const started = path.join(fixture.dir, 'started');
  const ssh = path.join(fixture.dir, 'ssh.sh');
  // Two processes deep, as a proxy of ssh is.
  writeFileSync(
    ssh,
    `sh -c 'echo $$ > "${started}.part"; mv "${started}.part" "${started}"; exec sleep 600'\n`,
  );
  vi.stubEnv('GIT_SSH_COMMAND', `sh ${ssh}`);
  fixture.pipeline('{ poll: { url: "git@silent.invalid:a/b.git" } }');
  const triggers = fixture.host();
  await triggers.start();
  let pid = 0;
  await expect
    .poll(async () => (pid = Number(await readFile(started, 'utf8').catch(() => ''))), { timeout: 20_000 })
    .toBeGreaterThan(0);
  await triggers.stop();
  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
  expect(stateOf(fixture)).toMatchObject({ fault: null, askedAtMs: null });
}, 60_000);

it.each([
  ['{ every: 5s }', '`on.poll.every` must be at least 10s'],
  ['{ url: "--upload-pack=x" }', 'must be an address such as'],
  ['{ url: "ext::sh -c id" }', 'must be an address such as'],
  ['{ url: "https://me:pw@host/a" }', 'must hold no password'],
  ['{ remote: origin }', '`remote`'],
])('refuses %s', (poll, message) => {
  const source = `on: { poll: ${poll} }\nstages: { a: { run: 'true' } }\n`;
  const { issues } = parsePipeline(source, 'pipewright.yml', { kinds: [] });
  expect(hasErrors(issues)).toBe(true);
  expect(issues.map((issue) => issue.message).join('\n')).toContain(message);
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
