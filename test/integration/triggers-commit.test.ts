import { createHmac } from 'node:crypto';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createHost, type Host } from '#main/host/create-host.ts';
import { readRun } from '#main/host/runs/read-run.ts';
import { systemClock } from '#main/host/system-clock.ts';
import { createHostTriggers } from '#main/host/triggers.ts';
import { grantTrust } from '#main/host/trust.ts';
import type { Triggers } from '#main/triggers/create-triggers.ts';
import type { TriggerFiring } from '#shared/api/trigger-schemas.ts';
import { chunkedToArray } from '#shared/lib/chunked.ts';
import type { ProjectId, RunId } from '#shared/lib/ids.ts';
import type { RunState } from '#shared/run/run-state.ts';
import { runGit } from './triggers-fixture.ts';

const SECRET = 'a shared secret';
const FILE = 'pipewright.yml';

/** What the stage saw is its outputs. */
const pipeline = (on: string, version: string, workspace = 'shared'): string => `
name: Built ${version}
on: ${on}
workspace: ${workspace}
include: [ci/parts.yml]
stages:
  see:
    extends: seeing
    env: { MESSAGE: "\${{ git.message }}", COMMIT: "\${{ git.commit }}", BRANCH: "\${{ git.branch }}" }
`;

const PARTS = (version: string): string => `
templates:
  seeing:
    run: |
      echo "version=${version}" >> "$PIPEWRIGHT_OUTPUT"
      echo "file=$(cat file)" >> "$PIPEWRIGHT_OUTPUT"
      echo "head=$(git rev-parse HEAD) $(git rev-parse --abbrev-ref HEAD) $(git status --porcelain | wc -l | tr -d ' ')" >> "$PIPEWRIGHT_OUTPUT"
      echo "context=$COMMIT $BRANCH $MESSAGE" >> "$PIPEWRIGHT_OUTPUT"
      test ! -e uncommitted
`;

let dir: string;
let remote: string;
let other: string;
let projectDir: string;
let host: Host;
let projectId: ProjectId;
let triggers: Triggers;

beforeEach(async () => {
  dir = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'pipewright-commit-')));
  [remote, other, projectDir] = ['remote.git', 'other', 'project'].map((name) => path.join(dir, name)) as [
    string,
    string,
    string,
  ];
  runGit(dir, 'init', '-q', '--bare', '-b', 'main', remote);
  runGit(dir, 'clone', '-q', remote, other);
  runGit(other, 'checkout', '-q', '-B', 'main');
  host = await createHost({ dataDir: path.join(dir, 'data'), mode: 'browser' });
  host.store.settings.set('triggers', { webhookPort: 0 });
  triggers = createHostTriggers(host, systemClock, () => Promise.resolve(SECRET));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await triggers.stop();
  await host.close();
  rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
});

/** Commits in the clone of a colleague; answers with the commit. */
function commit(on: string, version: string, workspace?: string): string {
  mkdirSync(path.join(other, 'ci'), { recursive: true });
  writeFileSync(path.join(other, FILE), pipeline(on, version, workspace));
  writeFileSync(path.join(other, 'ci/parts.yml'), PARTS(version));
  writeFileSync(path.join(other, 'file'), version);
  runGit(other, 'add', '-A');
  runGit(other, 'commit', '-q', '-m', `Version ${version}`);
  return runGit(other, 'rev-parse', 'HEAD').trim();
}

/** A first commit on the remote, and the project as a clone of it in which somebody is at work. */
async function begin(on: string, workspace?: string): Promise<void> {
  commit(on, 'one', workspace);
  runGit(other, 'push', '-q', 'origin', 'main');
  runGit(dir, 'clone', '-q', remote, projectDir);
  projectId = host.store.projects.add(projectDir).id;
  await grantTrust(host, { projectId, file: FILE }, 'asked');
  writeFileSync(path.join(projectDir, 'uncommitted'), 'x');
  writeFileSync(path.join(projectDir, 'file'), 'half done');
  await triggers.start();
}

async function firing(): Promise<TriggerFiring> {
  await expect.poll(() => host.store.triggers.firings({ limit: 1 }).length, { timeout: 20_000 }).toBe(1);
  return host.store.triggers.firings({ limit: 1 })[0]!;
}

async function ended(runId: RunId | null): Promise<RunState> {
  if (runId === null) throw new Error('Nothing was started.');
  await host.engine.get(runId)?.finished;
  return readRun(host.store.events, runId);
}

const outputsOf = (state: RunState) => chunkedToArray(state.stages).find(({ id }) => id === 'see')?.outputs;

async function post(event: string, payload: object): Promise<{ status: number; text: string }> {
  const body = JSON.stringify(payload);
  const response = await fetch(triggers.webhookUrl(projectId) ?? '', {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-github-event': event,
      'x-github-delivery': `${Math.random()}`,
      'x-hub-signature-256': `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`,
    },
  });
  return { status: response.status, text: await response.text() };
}

it('runs the pushed commit with its own pipeline file, whatever the project folder holds', async () => {
  await begin('{ push: { every: 1s } }');
  await expect
    .poll(() => host.store.triggers.stateOf({ projectId, file: FILE, type: 'push' }).cursor)
    .not.toBeNull();
  const before = runGit(projectDir, 'status', '--porcelain', '--branch');
  runGit(other, 'checkout', '-q', '-b', 'feature');
  const pushed = commit('{ push: { every: 1s } }', 'two');
  runGit(other, 'push', '-q', 'origin', 'feature');

  const { runId, skipped } = await firing();
  expect(skipped).toBeNull();
  const state = await ended(runId);
  expect(state).toMatchObject({
    name: 'Built two',
    status: 'succeeded',
    git: { commit: pushed, branch: 'feature', message: 'Version two', isCheckedOut: true },
  });
  expect(outputsOf(state)).toEqual({
    version: 'two',
    file: 'two',
    head: `${pushed} feature 0`,
    context: `${pushed} feature Version two`,
  });
  expect(runGit(projectDir, 'status', '--porcelain', '--branch')).toBe(before);

  const again = await host.rerun(state.runId, {
    from: { type: 'stage', stage: state.plan.stages[0]!.id },
    trigger: { type: 'manual' },
  });
  const rerun = await ended(again.runId);
  expect(rerun.git).toEqual(state.git);
  expect(outputsOf(rerun)).toEqual(outputsOf(state));
}, 60_000);

it('runs the commit of a repository that is asked by its address, of which the project has no remote', async () => {
  vi.stubEnv('GIT_CONFIG_COUNT', '1');
  vi.stubEnv('GIT_CONFIG_KEY_0', 'protocol.file.allow');
  vi.stubEnv('GIT_CONFIG_VALUE_0', 'always');
  const on = `{ poll: { url: "${pathToFileURL(remote).href}", branches: [feature] } }`;
  await begin(on);
  runGit(projectDir, 'remote', 'remove', 'origin');
  const key = { projectId, file: FILE, type: 'poll' } as const;
  await expect.poll(() => host.store.triggers.stateOf(key).cursor).not.toBeNull();
  await triggers.stop();
  runGit(other, 'checkout', '-q', '-b', 'feature');
  const moved = commit(on, 'two');
  runGit(other, 'push', '-q', 'origin', 'feature');
  triggers = createHostTriggers(host, systemClock, () => Promise.resolve(SECRET));
  await triggers.start();

  const { runId, skipped } = await firing();
  expect(skipped).toBeNull();
  const state = await ended(runId);
  expect(state).toMatchObject({
    name: 'Built two',
    status: 'succeeded',
    trigger: { type: 'poll', ref: 'refs/heads/feature', commit: moved },
    git: { commit: moved, branch: 'feature', isCheckedOut: true },
  });
  expect(outputsOf(state)).toMatchObject({ version: 'two', file: 'two', head: `${moved} feature 0` });
  expect((await triggers.list())[0]).toMatchObject({ type: 'poll', fault: null, last: { runId } });
}, 60_000);

it('runs the head of a pull request, and neither that of a fork nor one that was merely closed', async () => {
  await begin('{ pull-request: { branches: [main] } }');
  runGit(other, 'checkout', '-q', '-b', 'feature');
  const head = commit('{ pull-request: { branches: [main] } }', 'three');
  runGit(other, 'push', '-q', 'origin', 'feature:refs/pull/7/head');
  const request = (action: string, repo: number): object => ({
    action,
    pull_request: {
      number: 7,
      head: { sha: head, ref: 'feature', repo: { id: repo } },
      base: { ref: 'main', repo: { id: 1 } },
    },
  });
  expect((await post('pull_request', request('opened', 2))).text).toMatch(/comes from a fork/);
  expect((await post('pull_request', request('closed', 1))).text).toMatch(
    /without new commits .closed. starts nothing/,
  );
  const { status, text } = await post('pull_request', request('synchronize', 1));
  expect(status).toBe(202);
  const state = await ended(/: ([a-z0-9]{16})/.exec(text)?.[1] as RunId);
  expect(state.git).toMatchObject({ commit: head, branch: 'feature' });
  expect(outputsOf(state)).toMatchObject({ version: 'three', file: 'three', head: `${head} feature 0` });
}, 60_000);

it('says why a commit cannot be run: it is nowhere, its pipeline is not trusted or has errors, or there is none', async () => {
  await begin('{ webhook: {} }');
  const push = async (after: string): Promise<string | null> => {
    await post('push', { ref: 'refs/heads/feature', after });
    return host.store.triggers.firings({ limit: 1 })[0]?.skipped ?? null;
  };
  expect(await push('c'.repeat(40))).toMatch(/no remote gives it \(asked: origin\)/);

  runGit(other, 'checkout', '-q', '-b', 'feature');
  const untrusted = commit('{ webhook: {}, schedule: "* * * * *" }', 'four');
  runGit(other, 'push', '-q', 'origin', 'feature');
  expect(await push(untrusted)).toMatch(/that commit has other triggers or privileged options/);

  const broken = commit('{ webhook: {} }\nstagse: {}', 'five');
  runGit(other, 'push', '-q', 'origin', 'feature');
  expect(await push(broken)).toMatch(/pipewright\.yml:\d+:\d+.*stagse/);

  runGit(other, 'rm', '-q', FILE);
  runGit(other, 'commit', '-q', '-m', 'no pipeline');
  runGit(other, 'push', '-q', 'origin', 'feature');
  expect(await push(runGit(other, 'rev-parse', 'HEAD').trim())).toMatch(
    /pipewright\.yml is not in the commit/,
  );
  expect(host.store.runs.list({}).runs).toEqual([]);
}, 60_000);

it('starts nothing for commits when the pipeline works in the project folder itself', async () => {
  await begin('{ push: {}, pull-request: {}, webhook: {} }', 'in-place');
  const text = /in-place.*never moved to another commit/;
  const faults = (await triggers.list()).map(({ type, fault }) => [type, fault]);
  expect(faults).toEqual([
    ['push', expect.stringMatching(text)],
    ['pull-request', expect.stringMatching(text)],
    ['webhook', null],
  ]);
  const after = runGit(projectDir, 'rev-parse', 'HEAD').trim();
  expect((await post('push', { ref: 'refs/heads/main', after })).status).toBe(202);
  expect(host.store.triggers.firings({ type: 'webhook', limit: 1 })[0]?.skipped).toMatch(text);
}, 60_000);
