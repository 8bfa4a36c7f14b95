import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCliFixture, type CliFixture } from '../cli-fixture.ts';

const GREET = path.resolve(import.meta.dirname, '../../../docs/examples/plugins/greet');
const PIPELINE = `
stages:
  hello: { uses: "plugin:greet", with: { who-to-greet: Ada } }
`;

let fixture: CliFixture;
beforeEach(() => {
  fixture = createCliFixture(PIPELINE);
  cpSync(GREET, path.join(fixture.projectDir, 'ci/greet'), { recursive: true });
});
afterEach(() => fixture[Symbol.asyncDispose]());

const lockOf = (): { plugins: Record<string, { digest: string; source: unknown }> } =>
  JSON.parse(readFileSync(path.join(fixture.projectDir, '.pipewright/plugins.lock.json'), 'utf8')) as never;

describe('pipewright plugins', () => {
  it('adds a folder, shows what it may, lists it as a kind, runs it, and takes it out again', async () => {
    const unasked = await fixture.cli('plugins', 'add', 'greet', './ci/greet');
    expect(unasked.code).not.toBe(0);
    expect(unasked.stderr).toContain('Nobody can be asked whether greet may be added.');
    expect(unasked.stderr).toContain('runs as a program of this machine, as you, gets no secrets');
    expect((await fixture.cli('validate')).stdout).toContain('plugin:greet');

    expect((await fixture.cli('plugins', 'add', 'greet', './ci/greet', '--yes')).code).toBe(0);
    expect(lockOf().plugins['greet']).toMatchObject({ source: { folder: 'ci/greet' } });
    expect((await fixture.cli('validate')).code).toBe(0);
    expect((await fixture.cli('kinds', 'plugin:greet')).stdout).toContain('Who is greeted');
    const run = await fixture.cli('run', '--trust');
    expect(run.code, run.stderr).toBe(0);
    const [latest] = await fixture.json<{ id: string }[]>('runs', 'list');
    expect((await fixture.cli('logs', latest!.id, 'hello')).stdout).toContain('Hello, Ada');

    expect((await fixture.cli('plugins', 'rm', 'greet')).code).toBe(0);
    expect((await fixture.cli('plugins')).stderr).toContain('No plugin was added');
  });

  it('refuses to run files that are not what was locked, and `verify` says which', async () => {
    await fixture.cli('plugins', 'add', 'greet', './ci/greet', '--yes');
    expect((await fixture.cli('plugins', 'verify')).stdout).toContain('greet  is what was locked');
    writeFileSync(path.join(fixture.projectDir, 'ci/greet/main.mjs'), 'console.log("evil")');
    const verified = await fixture.cli('plugins', 'verify');
    expect(verified.code).toBe(1);
    expect(verified.stdout).toContain('its files differ');
    const run = await fixture.cli('run', '--trust');
    expect(run.code).toBe(1);
    expect(run.stdout + run.stderr).toContain('plugin:greet is not what was locked');
    expect(run.stdout + run.stderr).not.toContain('evil');
  });

  it('pins a repository to the commit of a tag, and fetches it anew where it is not', async () => {
    const repository = path.join(fixture.projectDir, '../plugin.git');
    mkdirSync(repository);
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.org', ...args], {
        cwd: repository,
        encoding: 'utf8',
      }).trim();
    git('init', '--quiet');
    cpSync(GREET, path.join(repository, 'actions/greet'), { recursive: true });
    git('add', '.');
    git('commit', '--quiet', '-m', 'one');
    git('tag', '-a', 'v1', '-m', 'v1');
    const source = `git+file://${repository}#v1`;
    const added = await fixture.cli('plugins', 'add', 'greet', source, '--path', 'actions/greet', '--yes');
    expect(added.stderr).toContain('From file://');
    expect(lockOf().plugins['greet']).toMatchObject({
      source: { commit: git('rev-parse', 'v1^{commit}'), path: 'actions/greet' },
    });
    expect(
      (await fixture.cli('plugins', 'verify', '--data', path.join(fixture.projectDir, '../other'))).code,
    ).toBe(0);
    expect((await fixture.cli('plugins', 'add', 'x', `git+file://${repository}#v9`)).stderr).toContain(
      'has no branch or tag v9',
    );
  });

  it.each([
    [
      'a main outside of it',
      'name: X\nruns: { using: node24, main: ../../secret.js }',
      'which is no file of the plugin',
    ],
    [
      'too many aliases',
      `a: &a [x]\n${Array.from({ length: 60 }, (_, at) => `k${at}: *a`).join('\n')}\nname: X`,
      'too many aliases',
    ],
    [
      'an unknown runner',
      'name: X\nruns: { using: python3, main: a.py }',
      'runs.using must be node20, node24, composite or docker',
    ],
    ['no YAML', 'name: [', 'action.yml:'],
  ])('refuses a manifest with %s, by its place', async (_, manifest, words) => {
    mkdirSync(path.join(fixture.projectDir, 'ci/bad'));
    writeFileSync(path.join(fixture.projectDir, 'ci/bad/action.yml'), manifest);
    const { code, stderr } = await fixture.cli('plugins', 'add', 'bad', './ci/bad', '--yes');
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });

  it.skipIf(process.platform === 'win32')('moves and copies nothing that a link leads out to', async () => {
    const outside = path.join(fixture.projectDir, '../outside');
    cpSync(GREET, path.join(outside, 'greet'), { recursive: true });
    symlinkSync(outside, path.join(fixture.projectDir, 'ci/link'));
    const copied = await fixture.cli('plugins', 'add', 'out', './ci/link/greet', '--yes');
    expect(copied.stderr).toContain('a link that leads out of the project');
    const repository = path.join(fixture.projectDir, '../hostile');
    mkdirSync(repository);
    symlinkSync(outside, path.join(repository, 'link'));
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.org', ...args], {
        cwd: repository,
      });
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '-m', 'one');
    const source = `git+file://${repository}`;
    const moved = await fixture.cli('plugins', 'add', 'out', source, '--path', 'link/greet', '--yes');
    expect(moved.stderr).toContain('leads out of the repository by a link');
    expect(existsSync(path.join(outside, 'greet/action.yml'))).toBe(true);
    const none = await fixture.cli('plugins', 'add', 'out', source, '--path', 'none', '--yes');
    expect(none.stderr).toContain('The repository has no folder none.');
  });

  it('refuses folders outside of the project and names that are none', async () => {
    expect((await fixture.cli('plugins', 'add', 'out', '../', '--yes')).stderr).toContain(
      'not a folder inside',
    );
    expect((await fixture.cli('plugins', 'add', 'Bad Name', './ci/greet')).stderr).toContain(
      'is no name of a plugin',
    );
  });

  it('says where a lock file is broken', async () => {
    mkdirSync(path.join(fixture.projectDir, '.pipewright'));
    writeFileSync(
      path.join(fixture.projectDir, '.pipewright/plugins.lock.json'),
      '{"version":1,"plugins":{"a":{}}}',
    );
    const { code, stderr } = await fixture.cli('validate');
    expect(code).toBe(2);
    expect(stderr).toContain('.pipewright/plugins.lock.json cannot be read: plugins.a');
  });
});
