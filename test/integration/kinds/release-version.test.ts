import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKindFixture, isMissing, type KindFixture, type StageText } from './kind-fixture.ts';

describe.skipIf(isMissing('git'))('release.version', () => {
  let fixture: KindFixture;
  beforeEach(async () => {
    fixture = await createKindFixture();
    git('init', '--quiet', '--initial-branch=main');
    git('config', 'user.name', 'Ann');
    git('config', 'user.email', 'ann@example.com');
    commit('chore: begin');
  });
  afterEach(() => fixture[Symbol.asyncDispose]());

  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, {
      cwd: fixture.projectDir,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  const commit = (message: string) => git('commit', '--quiet', '--allow-empty', '--message', message);
  const release = (settings: StageText = {}) =>
    fixture.runStage({ uses: 'release.version', with: { tool: 'built-in', ...settings } });

  it('releases the example: a version, notes and a tag', async () => {
    git('tag', 'v1.2.3');
    commit('feat: a cart');
    commit('fix(api): a leak');
    const run = await fixture.runExample('release.version');
    expect(run.outcome()).toBe('succeeded');
    expect(run.stage().outputs).toMatchObject({
      version: '1.3.0',
      tag: 'v1.3.0',
      previous: 'v1.2.3',
      released: 'true',
    });
    expect(git('cat-file', '-t', 'v1.3.0').trim()).toBe('tag');
    expect(fixture.read('changelog.md').toLowerCase()).toContain('a cart');
    expect(run.stage().summary?.toLowerCase()).toContain('a leak');
  });

  it('agrees with git-cliff about what was released before', async () => {
    git('tag', 'v1.2.3');
    commit('fix: a leak');
    for (const tool of isMissing('git-cliff') ? ['built-in'] : ['git-cliff', 'built-in']) {
      const run = await release({ tool, 'dry-run': true });
      expect(run.stage().outputs).toMatchObject({ version: '1.2.4', released: 'false' });
    }
    expect(git('tag').trim()).toBe('v1.2.3');
  });

  it('begins with the first version, and raises nothing without a reason', async () => {
    expect((await release({ prefix: 'shop-v' })).stage().outputs).toMatchObject({ tag: 'shop-v0.1.0' });
    commit('docs: words');
    const run = await release({ prefix: 'shop-v' });
    expect(run.outcome()).toBe('succeeded');
    expect(run.stage().outputs).toMatchObject({ released: 'false', version: '0.1.0' });
  });

  it('refuses a tree with changes, a tag that is there, and a shallow clone', async () => {
    git('tag', 'v1.0.0');
    commit('fix: x');
    git('tag', 'v2.0.0', 'v1.0.0');
    expect((await release({ version: '2.0.0' })).outcome()).toBe('failed: The tag v2.0.0 is there already.');
    fixture.write('code.js', '1');
    git('add', 'code.js');
    expect((await release()).outcome()).toMatch(
      /^failed: Files under version control were changed: code\.js\./,
    );
    git('rm', '--cached', '--quiet', 'code.js');
    execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${fixture.projectDir}`, 'shallow'], {
      cwd: fixture.projectDir,
      stdio: 'ignore',
    });
    const run = await fixture.runStage({
      uses: 'release.version',
      'working-directory': 'shallow',
      with: { tool: 'built-in' },
    });
    expect(run.outcome()).toMatch(/^failed: The clone is shallow/);
  });

  it('replaces no file of the project by the notes', async () => {
    fixture.write('CHANGELOG.md', 'ours');
    git('add', 'CHANGELOG.md');
    commit('feat: kept');
    const run = await release();
    expect(run.outcome()).toMatch(/^failed: `changelog`: CHANGELOG\.md is under version control/);
    expect(fixture.read('CHANGELOG.md')).toBe('ours');
    expect(git('tag')).toBe('');
  });

  it('pushes tag and branch together, or neither', async () => {
    const remote = path.join(fixture.dir, 'remote.git');
    mkdirSync(remote);
    execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main'], { cwd: remote });
    const there = (...args: readonly string[]) =>
      execFileSync('git', args, { cwd: remote, encoding: 'utf8' }).trim();
    git('remote', 'add', 'origin', remote);
    git('push', '--quiet', 'origin', 'main');
    commit('feat: a');
    const pushing = { push: true, branch: 'main', changelog: '' };
    expect((await release({ ...pushing, initial: '1.0.0' })).outcome()).toBe('succeeded');
    expect(there('tag')).toBe('v1.0.0');
    expect(there('rev-parse', 'main')).toBe(git('rev-parse', 'HEAD').trim());

    // Somebody else has moved the branch on.
    execFileSync('git', ['clone', '--quiet', remote, 'other'], { cwd: fixture.dir, stdio: 'ignore' });
    const other = path.join(fixture.dir, 'other');
    writeFileSync(path.join(other, 'x'), 'x');
    const who = ['-c', 'user.name=Bob', '-c', 'user.email=bob@example.com'];
    execFileSync('git', [...who, 'commit', '--quiet', '--allow-empty', '--message', 'fix: b'], {
      cwd: other,
    });
    execFileSync('git', ['push', '--quiet', 'origin', 'main'], { cwd: other, stdio: 'ignore' });
    commit('feat: c');
    const run = await release(pushing);
    expect(run.outcome()).toMatch(/^failed: The branch main of origin has commits that are not here/);
    expect(there('tag')).toBe('v1.0.0');
    expect(git('tag').trim()).toBe('v1.0.0');

    // Somebody else has released the same version.
    git('fetch', '--quiet', '--no-tags', 'origin');
    git('rebase', '--quiet', 'origin/main');
    execFileSync('git', ['tag', 'v1.1.0'], { cwd: remote });
    expect((await release(pushing)).outcome()).toMatch(/^failed: origin has a tag v1\.1\.0 already/);
  });

  it('brings the tag to the project when it worked in a copy', async () => {
    commit('feat: a cart');
    const run = await fixture.runStage(
      { uses: 'release.version', with: { tool: 'built-in' } },
      { workspace: 'shared' },
    );
    expect(run.outcome()).toBe('succeeded');
    expect(git('tag').trim()).toBe('v0.1.0');
  });

  it.skipIf(isMissing('ssh-keygen'))('signs a tag with an SSH key', async () => {
    const key = path.join(fixture.dir, 'release');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
    const run = await release({ tag: 'signed', 'signing-key': key });
    expect(run.outcome()).toBe('succeeded');
    expect(git('cat-file', 'tag', 'v0.1.0')).toContain('BEGIN SSH SIGNATURE');
  });
});
