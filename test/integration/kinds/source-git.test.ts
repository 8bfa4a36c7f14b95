import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestRepository, gitConfig, type TestRepository } from './git-repository.ts';
import { createKindFixture, isMissing, type KindFixture } from './kind-fixture.ts';

let fixture: KindFixture;
let origin: TestRepository;
let library: TestRepository;
let first: string;
let second: string;

beforeAll(async () => {
  library = createTestRepository('library');
  library.commit('library', { 'lib.txt': 'lib' });
  origin = createTestRepository();
  first = origin.commit('feat: first', {
    'a.txt': 'one',
    'packages/shop/x.txt': 'x',
    'packages/api/y.txt': 'y',
  });
  origin.git('tag', '-a', 'v1.0.0', '-m', 'one');
  second = origin.commit('feat: second', { 'a.txt': 'two', 'b.txt': 'b' });
  origin.git('branch', 'release');
  fixture = await createKindFixture({
    env: gitConfig(
      ['protocol.file.allow', 'always'],
      // Git says how far it is when it keeps what it gets as a pack.
      ['fetch.unpackLimit', '1'],
      [`url.${origin.url}.insteadOf`, 'https://example.com/acme/web-shop.git'],
    ),
  });
});
afterAll(async () => {
  await fixture[Symbol.asyncDispose]();
  origin[Symbol.dispose]();
  library[Symbol.dispose]();
});

const checkout = (settings: Record<string, unknown>) =>
  fixture.runStage({ uses: 'source.git', with: { url: origin.url, ...settings } });

describe('source.git', () => {
  it('checks out a branch as its example does, and says what it was', async () => {
    const run = await fixture.runExample('source.git');
    expect(run.outcome()).toBe('succeeded');
    expect(run.stage().outputs).toMatchObject({
      commit: second,
      branch: 'main',
      tag: '',
      message: 'feat: second',
      author: 'Ada <ada@example.com>',
      dir: 'shop',
      uri: 'git+https://example.com/acme/web-shop.git@refs/heads/main',
    });
    const { done, total, label } = run.stage().attempts[0]?.progress ?? {};
    expect(done).toBe(total);
    expect(label).toMatch(/objects|deltas/);
    const log = await run.log();
    expect(log).toContain('git fetch --progress');
    expect(log).not.toMatch(/\d% \(\d+\/\d+\)(?!.*done\.)/);
    expect(fixture.read('shop/a.txt')).toBe('two');
    expect(JSON.parse(fixture.read('source.json'))).toMatchObject({
      type: 'git',
      digest: { gitCommit: second },
    });
    const head = execFileSync('git', ['rev-list', '--count', 'HEAD'], {
      cwd: path.join(fixture.projectDir, 'shop'),
    });
    expect(head.toString().trim()).toBe('1');
  });

  it('checks out tags and commits, whole or begun, and lists what changed', async () => {
    const tag = await checkout({ ref: 'v1.0.0', path: 'tag' });
    expect(tag.stage().outputs).toMatchObject({ commit: first, branch: '', tag: 'v1.0.0' });
    const commit = await checkout({ ref: second, path: 'commit', depth: 0 });
    expect(commit.stage().outputs).toMatchObject({ commit: second, 'changed-files': 'a.txt\nb.txt' });
    const begun = await checkout({ ref: first.slice(0, 9), path: 'begun' });
    expect(begun.outcome()).toBe('succeeded');
    expect(begun.stage().outputs).toMatchObject({ commit: first });
    const since = await checkout({ path: 'since', depth: 0, 'changed-since': first });
    expect(since.stage().outputs['changed-files']).toBe('a.txt\nb.txt');
  });

  it('goes on in a checkout that is there, and leaves changed files unless told to clean', async () => {
    await checkout({ ref: 'v1.0.0', path: 'again' });
    fixture.write('again/a.txt', 'mine');
    fixture.write('again/new.txt', 'mine');
    const kept = await checkout({ ref: 'main', path: 'again' });
    expect(kept.outcome()).toMatch(/^infra-error: git checkout failed: .*overwritten.*Set `clean: true`/s);
    expect(fixture.read('again/a.txt')).toBe('mine');
    const cleaned = await checkout({ ref: 'main', path: 'again', clean: true });
    expect(cleaned.outcome()).toBe('succeeded');
    expect(fixture.read('again/a.txt')).toBe('two');
    expect(existsSync(path.join(fixture.projectDir, 'again/new.txt'))).toBe(false);
  });

  it('refuses a folder that holds another repository, and one that leaves the workspace', async () => {
    await checkout({ path: 'mixed' });
    const other = await checkout({ url: library.url, path: 'mixed' });
    expect(other.outcome()).toMatch(/^failed: mixed holds a checkout of file:/);
    expect((await checkout({ path: '../out' })).outcome()).toMatch(
      /^failed: `path`: \.\.\/out is not inside/,
    );
    expect((await checkout({ path: '.', clean: true })).outcome()).toMatch(/^failed: This would remove/);
    const replaced = await checkout({ url: library.url, path: 'mixed', clean: true });
    expect(replaced.outcome()).toBe('succeeded');
    expect(readdirSync(path.join(fixture.projectDir, 'mixed')).sort()).toEqual(['.git', 'lib.txt']);
  });

  it('checks out some folders only, without the contents of others', async () => {
    const run = await checkout({ path: 'sparse', sparse: ['packages/shop'], filter: 'blob:none' });
    expect(run.outcome()).toBe('succeeded');
    expect(readdirSync(path.join(fixture.projectDir, 'sparse/packages'))).toEqual(['shop']);
  });

  it('refuses what is no ref and no address, and what the repository does not have', async () => {
    const hostile = await checkout({ ref: `--upload-pack=touch ${fixture.dir}/owned`, path: 'hostile' });
    expect(hostile.outcome()).toMatch(/^failed: `ref`: .* is no name of a branch/);
    const address = await checkout({ url: `ext::sh -c "touch ${fixture.dir}/owned"`, path: 'hostile' });
    expect(address.outcome()).toMatch(/^failed: .* is no address of a repository/);
    expect(existsSync(path.join(fixture.dir, 'owned'))).toBe(false);
    const none = await checkout({ ref: 'nope', path: 'hostile' });
    expect(none.outcome()).toMatch(/^infra-error: The repository has no branch, tag or commit "nope"/);
    const gone = await checkout({ url: 'file:///nowhere/at-all.git', path: 'gone' });
    expect(gone.outcome()).toMatch(/^infra-error: git ls-remote failed: .*Look at `url`/s);
    const password = await checkout({ url: 'https://me:hunter22@127.0.0.1:1/x.git', path: 'gone' });
    expect(password.outcome()).toMatch(/^failed: The address holds a password/);
  });

  it('checks out submodules', async () => {
    origin.git('checkout', '--quiet', '-b', 'with-submodule');
    origin.git('submodule', '--quiet', 'add', library.url, 'vendor/library');
    origin.commit('with a submodule', {});
    origin.git('checkout', '--quiet', 'main');
    const run = await checkout({
      ref: 'with-submodule',
      path: 'sub',
      submodules: 'recursive',
      depth: 0,
      'source-file': 'sub.json',
    });
    expect(run.outcome()).toBe('succeeded');
    expect(fixture.read('sub/vendor/library/lib.txt')).toBe('lib');
    expect(JSON.parse(fixture.read('sub.json'))).toMatchObject({
      submodules: [{ path: 'vendor/library', commit: library.git('rev-parse', 'HEAD') }],
    });
  });

  it.skipIf(isMissing('ssh-keygen'))(
    'checks out only what one of the allowed signers has signed',
    async () => {
      const key = path.join(origin.root, 'key');
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'ada', '-f', key]);
      origin.git('checkout', '--quiet', '-b', 'signed');
      origin.git('config', 'gpg.format', 'ssh');
      origin.git('config', 'user.signingkey', key);
      origin.git('commit', '--quiet', '--allow-empty', '-S', '-m', 'signed');
      origin.git('checkout', '--quiet', 'main');
      const [type, blob] = readFileSync(`${key}.pub`, 'utf8').split(' ');
      const allowed = `ada@example.com ${type} ${blob}`;
      const wish = { verify: 'commit', 'allowed-signers': allowed };
      expect((await checkout({ ...wish, ref: 'signed', path: 'signed' })).outcome()).toBe('succeeded');
      const unsigned = await checkout({ ...wish, ref: 'main', path: 'unsigned' });
      expect(unsigned.outcome()).toMatch(/^failed: The commit .* has no good signature/);
      expect(readdirSync(path.join(fixture.projectDir, 'unsigned'))).toEqual(['.git']);
      const other = allowed.replace('ada@example.com', 'ada@example.com namespaces="file"');
      const wrong = await checkout({
        verify: 'commit',
        'allowed-signers': other,
        ref: 'signed',
        path: 'wrong',
      });
      expect(wrong.outcome()).toMatch(/^failed: The commit/);
    },
  );

  it.skipIf(isMissing('git-lfs'))('fetches large files when asked to', async () => {
    origin.git('checkout', '--quiet', '-b', 'large');
    origin.git('lfs', 'install', '--local', '--skip-repo');
    origin.git('lfs', 'track', '*.bin');
    origin.commit('large', { 'big.bin': Buffer.alloc(2_000, 7) });
    origin.git('checkout', '--quiet', 'main');
    await checkout({ ref: 'large', path: 'pointer' });
    expect(fixture.read('pointer/big.bin')).toMatch(/^version https:\/\/git-lfs/);
    const run = await checkout({ ref: 'large', path: 'large', lfs: true });
    expect(run.outcome()).toBe('succeeded');
    expect(readFileSync(path.join(fixture.projectDir, 'large/big.bin'))).toHaveLength(2_000);
  });
});
