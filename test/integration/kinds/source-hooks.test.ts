import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKindFixture, isMissing, type KindFixture } from './kind-fixture.ts';

let fixture: KindFixture;
const git = (...args: string[]): void => {
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
    cwd: fixture.projectDir,
    stdio: 'ignore',
  });
};
beforeEach(async () => {
  fixture = await createKindFixture();
  git('init', '--quiet', '--initial-branch=main');
});
afterEach(() => fixture[Symbol.asyncDispose]());

const hook = (id: string, entry: string, more = {}) => ({ id, name: id, language: 'system', entry, ...more });
const configure = (...hooks: readonly object[]): void => {
  fixture.write('.pre-commit-config.yaml', stringify({ repos: [{ repo: 'local', hooks }] }));
  fixture.write('a.txt', 'a\n');
  git('add', '.pre-commit-config.yaml', 'a.txt');
  git('commit', '--quiet', '--no-verify', '-m', 'first');
};
const env = (): Record<string, string> => ({ PRE_COMMIT_HOME: path.join(fixture.dir, 'pre-commit') });
const run = (settings: Record<string, unknown> = {}) =>
  fixture.runStage({ uses: 'source.hooks', with: settings, env: env() });

describe.skipIf(isMissing('pre-commit'))('source.hooks with pre-commit', () => {
  it('runs the hooks as its example does, each as a test', async () => {
    configure(hook('good', 'true'), hook('other', 'true', { files: 'nothing' }));
    const result = await fixture.runExample('source.hooks', { env: env() });
    expect(result.outcome()).toBe('succeeded');
    expect(result.stage().outputs).toMatchObject({ tool: 'pre-commit', passed: '1', failed: '0' });
    expect(result.report('tests')).toMatchObject({ total: 2, passed: 1, skipped: 1 });
  });

  it('fails when one does, unless it is left out', async () => {
    configure(hook('good', 'true'), hook('bad', `sh -c 'echo nope; exit 1'`));
    const bad = await run();
    expect(bad.outcome()).toBe('failed: A hook failed: bad');
    expect(bad.report('tests')?.suites[0]?.cases[1]?.details).toContain('nope');
    expect((await run({ skip: 'bad' })).outcome()).toBe('succeeded');
  });

  it('has checked nothing where no hook looks at anything', async () => {
    configure(hook('other', 'true', { files: 'nothing' }));
    expect((await run()).outcome()).toMatch(
      /^infra-error: Nothing was checked: no hook had anything to look at/,
    );
    expect((await run({ 'allow-empty': true })).outcome()).toBe('succeeded');
  });

  it('could not judge when the configuration is none', async () => {
    configure();
    fixture.write('.pre-commit-config.yaml', 'repos: 3\n');
    expect((await run()).outcome()).toMatch(/^infra-error: pre-commit could not run the hooks/);
  });
});

describe('source.hooks with hooks of Git', () => {
  const write = (script: string): void => {
    fixture.write('.githooks/pre-commit', `#!/bin/sh\n${script}\n`);
    chmodSync(path.join(fixture.projectDir, '.githooks/pre-commit'), 0o755);
  };

  it('runs the hook of the usual folder', async () => {
    write('echo hello');
    expect((await run()).outcome()).toBe('succeeded');
    write('echo nope; exit 1');
    const bad = await run();
    expect(bad.outcome()).toBe('failed: A hook failed: pre-commit');
    expect(bad.report('tests')).toMatchObject({ total: 1, failed: 1 });
  });

  it('has checked nothing without a hook, and looks for none outside of the workspace', async () => {
    expect((await run()).outcome()).toMatch(/^infra-error: Nothing was checked: no hook had anything/);
    expect((await run({ 'hooks-path': '../hooks' })).outcome()).toMatch(/is not inside of the workspace/);
  });
});
