import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { TriggerFiring } from '#shared/api/trigger-schemas.ts';
import { installHooks } from '#main/triggers/hooks/hook-files.ts';
import { git } from '#main/vcs/git-command.ts';
import { type CliFixture, createCliFixture } from './cli-fixture.ts';
import { runGit } from './triggers-fixture.ts';

const PIPELINE = `
name: Gate
on:
  pre-push: { branches: [main], paths: ["src/**"] }
  pre-commit: { paths: ["*.txt"] }
stages:
  check: { run: 'if [ -e bad ]; then echo "bad is there"; exit 3; fi; env | grep ^GIT_INDEX_FILE && exit 4 || true' }
`;

interface Hooked extends CliFixture {
  readonly remote: string;
  readonly hooksDir: string;
}

function hooked(): Hooked {
  const fixture = createCliFixture(PIPELINE);
  const { projectDir } = fixture;
  const remote = path.join(path.dirname(projectDir), 'remote.git');
  runGit(projectDir, 'init', '-q', '-b', 'main');
  runGit(projectDir, 'init', '-q', '--bare', remote);
  runGit(projectDir, 'remote', 'add', 'origin', remote);
  runGit(projectDir, 'add', '-A');
  runGit(projectDir, 'commit', '-q', '-m', 'first');
  const hooksDir = path.join(projectDir, '.git/hooks');
  return { ...fixture, remote, hooksDir, [Symbol.asyncDispose]: () => fixture[Symbol.asyncDispose]() };
}

/** Git as a person would run it: with what it and its hooks say. */
function tryGit(
  cwd: string,
  ...args: readonly string[]
): { readonly code: number | null; readonly text: string } {
  const identity = ['-c', 'user.name=Tester', '-c', 'user.email=tester@pipewright.invalid'];
  const { status, stdout, stderr } = spawnSync('git', [...identity, ...args], { cwd, encoding: 'utf8' });
  return { code: status, text: stdout + stderr };
}

const firings = async (fixture: CliFixture): Promise<(TriggerFiring | null)[]> =>
  (await fixture.json<{ last: TriggerFiring | null }[]>('triggers', 'list')).map(({ last }) => last);

it('stops a push whose pipeline fails, prints why, and lets it go when it succeeds', async () => {
  await using fixture = hooked();
  const { projectDir, remote } = fixture;
  expect((await fixture.cli('hooks', 'install')).code).toBe(0);
  fixture.write('src/a', '1');
  fixture.write('bad', '');
  runGit(projectDir, 'add', '-A');
  runGit(projectDir, 'commit', '-q', '-m', 'bad');

  const stopped = tryGit(projectDir, 'push', 'origin', 'main');
  expect(stopped.code).not.toBe(0);
  expect(stopped.text).toContain('bad is there');
  expect(stopped.text).toContain('the push was stopped: Gate did not succeed');
  expect(runGit(remote, 'branch')).toBe('');

  expect(tryGit(projectDir, 'push', 'origin', 'main:other')).toMatchObject({ code: 0 });
  runGit(projectDir, 'rm', '-q', 'bad');
  runGit(projectDir, 'commit', '-q', '-m', 'good');
  fixture.write('src/a', '2');
  runGit(projectDir, 'commit', '-q', '-a', '-m', 'more');
  const pushed = tryGit(projectDir, 'push', 'origin', 'main');
  expect(pushed).toMatchObject({ code: 0 });
  const [last] = (await firings(fixture)).filter((firing) => firing?.type === 'pre-push');
  expect(last?.runId).toMatch(/^[a-z0-9]{16}$/);
  const runs = await fixture.json<{ trigger: string; status: string }[]>('runs', 'list');
  expect(runs.map(({ trigger, status }) => [trigger, status])).toEqual([
    ['hook', 'succeeded'],
    ['hook', 'failed'],
  ]);
}, 60_000);

it('judges a commit by the files that would be in it', async () => {
  await using fixture = hooked();
  const { projectDir } = fixture;
  await fixture.cli('hooks', 'install');
  fixture.write('bad', '');
  fixture.write('a.md', '1');
  runGit(projectDir, 'add', 'a.md');
  expect(tryGit(projectDir, 'commit', '-m', 'text')).toMatchObject({ code: 0 });
  fixture.write('a.txt', '1');
  runGit(projectDir, 'add', 'a.txt');
  const stopped = tryGit(projectDir, 'commit', '-m', 'bad');
  expect(stopped.code).not.toBe(0);
  expect(stopped.text).toContain('the commit was stopped');
  expect(tryGit(projectDir, 'commit', '--no-verify', '-m', 'anyway')).toMatchObject({ code: 0 });
}, 60_000);

/** A program in place of Pipewright: what the hook itself does is what is tested, without the time that a run takes. */
const STAND_IN = {
  command: ['/bin/sh', '-c', 'echo "ours $* [$(cat)]" >> "$LOG"', 'ours'],
  needs: ['/bin/sh'],
};

function callHook(projectDir: string, hook: string, input: string): { code: number | null; log: string } {
  const log = path.join(projectDir, '.git', `log-${Math.random()}`);
  const { status } = spawnSync(hook, ['origin', 'a b'], {
    cwd: projectDir,
    input,
    env: { PATH: process.env.PATH, LOG: log },
  });
  return { code: status, log: existsSync(log) ? readFileSync(log, 'utf8') : '' };
}

it('runs the hook that was there first, under its own name and with the same words and input', async () => {
  await using fixture = hooked();
  const { projectDir, hooksDir } = fixture;
  const before = '#!/usr/bin/env sh\necho "theirs $(basename "$0") $2 [$(cat)]" >> "$LOG"\nexit ${FAIL:-0}\n';
  const hook = path.join(hooksDir, 'pre-push');
  mkdirSync(hooksDir, { recursive: true });
  writeFileSync(hook, before, { mode: 0o755 });
  await installHooks(git, projectDir, ['pre-push'], STAND_IN);

  const { code, log } = callHook(projectDir, '.git/hooks/pre-push', 'refs/heads/x 1 refs/heads/x 0\n');
  expect(code).toBe(0);
  expect(log.split('\n')).toEqual([
    'theirs pre-push a b [refs/heads/x 1 refs/heads/x 0]',
    'ours hook run pre-push --project . -- origin a b [refs/heads/x 1 refs/heads/x 0]',
    '',
  ]);
  expect(callHook(projectDir, '.git/hooks/pre-push', '').log).toContain('theirs pre-push a b []');
});

it('stops when the hook that was there fails, whatever it is written in', async () => {
  await using fixture = hooked();
  const { projectDir, hooksDir } = fixture;
  const hook = path.join(hooksDir, 'pre-commit');
  mkdirSync(hooksDir, { recursive: true });
  writeFileSync(hook, `#!${process.execPath}\nprocess.exit(7);\n`, { mode: 0o755 });
  await installHooks(git, projectDir, ['pre-commit'], STAND_IN);
  expect(callHook(projectDir, hook, '')).toEqual({ code: 7, log: '' });
});

it('takes its hooks out again, and leaves everything as it was', async () => {
  await using fixture = hooked();
  const { hooksDir } = fixture;
  mkdirSync(hooksDir, { recursive: true });
  const hook = path.join(hooksDir, 'pre-push');
  writeFileSync(hook, '#!/bin/sh\nexit 0\n');
  chmodSync(hook, 0o750);
  const files = readdirSync(hooksDir).sort();

  const installed = await fixture.json<{ state: string; chained: boolean }[]>('hooks', 'install');
  expect(installed).toMatchObject([
    { name: 'pre-commit', state: 'installed', chained: false },
    { name: 'pre-push', state: 'installed', chained: true },
  ]);
  await fixture.cli('hooks', 'install');
  const removed = await fixture.json<{ state: string }[]>('hooks', 'remove');
  expect(removed).toMatchObject([{ state: 'missing' }, { state: 'missing' }]);
  expect(readdirSync(hooksDir).sort()).toEqual(files);
  expect(readFileSync(hook, 'utf8')).toBe('#!/bin/sh\nexit 0\n');
  expect(statSync(hook).mode & 0o777).toBe(0o750);
}, 30_000);

it('does not touch what another tool wrote over it, and goes after that when it is installed again', async () => {
  await using fixture = hooked();
  const { projectDir, hooksDir } = fixture;
  const hook = path.join(hooksDir, 'pre-push');
  mkdirSync(hooksDir, { recursive: true });
  writeFileSync(hook, '#!/bin/sh\n', { mode: 0o755 });
  await installHooks(git, projectDir, ['pre-push'], STAND_IN);
  writeFileSync(hook, '#!/bin/sh\necho "tool" >> "$LOG"\n', { mode: 0o755 });
  const [, replaced] = await fixture.json<{ state: string }[]>('hooks', 'status');
  expect(replaced?.state).toBe('replaced');
  await fixture.cli('hooks', 'remove');
  expect(readFileSync(hook, 'utf8')).toContain('tool');
  await installHooks(git, projectDir, ['pre-push'], STAND_IN);
  expect(callHook(projectDir, hook, '').log).toMatch(/^tool\nours /);
}, 30_000);

it('lets Git go on with a note when Pipewright is gone, and does nothing inside of a run', async () => {
  await using fixture = hooked();
  const { projectDir, hooksDir } = fixture;
  await installHooks(git, projectDir, ['pre-commit'], {
    command: ['/gone/pipewright'],
    needs: ['/gone/pipewright'],
  });
  const hook = path.join(hooksDir, 'pre-commit');
  const gone = spawnSync(hook, { cwd: projectDir, encoding: 'utf8' });
  expect(gone.status).toBe(0);
  expect(gone.stderr).toContain('no longer where it was');
  await installHooks(git, projectDir, ['pre-commit'], { command: ['/bin/false'], needs: [] });
  expect(spawnSync(hook, { cwd: projectDir }).status).toBe(1);
  const inside = spawnSync(hook, { cwd: projectDir, env: { ...process.env, PIPEWRIGHT_RUN_ID: 'r' } });
  expect(inside.status).toBe(0);
});

it('follows core.hooksPath inside of the repository, and refuses one that others share', async () => {
  await using fixture = hooked();
  const { projectDir } = fixture;
  runGit(projectDir, 'config', 'core.hooksPath', '.husky/_');
  await installHooks(git, projectDir, ['pre-push'], STAND_IN);
  expect(existsSync(path.join(projectDir, '.husky/_/pre-push'))).toBe(true);
  runGit(projectDir, 'config', 'core.hooksPath', path.join(path.dirname(projectDir), 'shared-hooks'));
  const refused = await fixture.cli('hooks', 'install');
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('other repositories');
});
