import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestRepository, gitConfig, type TestRepository } from './git-repository.ts';
import { createKindFixture, isMissing, type KindFixture } from './kind-fixture.ts';

let fixture: KindFixture;
let origin: TestRepository;
let library: TestRepository;
let servers: string;

const sh = (cwd: string, command: string, ...args: string[]): string =>
  execFileSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, HGPLAIN: '1', LC_ALL: 'C.UTF-8' },
  });

beforeAll(async () => {
  servers = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'pipewright-servers-')));
  library = createTestRepository('library');
  library.commit('library', { 'lib.txt': 'lib' });
  origin = createTestRepository();
  origin.commit('one', { 'a.txt': 'one' });
  for (const tag of ['v1.9.0', 'v1.10.0', 'v2.0.0-rc.1', 'latest']) origin.git('tag', tag);
  origin.commit('two', {});
  origin.git('branch', 'release/newest');
  fixture = await createKindFixture({
    env: gitConfig(
      ['protocol.file.allow', 'always'],
      [`url.${origin.url}.insteadOf`, 'https://example.com/acme/web-shop.git'],
    ),
  });
});
afterAll(async () => {
  await fixture[Symbol.asyncDispose]();
  for (const repository of [origin, library]) repository[Symbol.dispose]();
  rmSync(servers, { recursive: true, force: true });
});

const stage = (uses: string, settings: Record<string, unknown>) => fixture.runStage({ uses, with: settings });

describe.skipIf(isMissing('svn', 'svnadmin'))('source.svn', () => {
  beforeAll(() => {
    sh(servers, 'svnadmin', 'create', 'svn');
    const url = `file://${servers}/svn`;
    for (const dir of ['trunk', 'branches', 'tags']) {
      sh(servers, 'svn', 'mkdir', '-q', '--parents', '-m', 'layout', `${url}/web-shop/${dir}`);
    }
    sh(servers, 'svn', 'checkout', '-q', `${url}/web-shop/trunk`, 'svn-work');
    const work = path.join(servers, 'svn-work');
    writeFileSync(path.join(work, 'a.txt'), 'one');
    sh(work, 'svn', 'add', '-q', 'a.txt');
    sh(work, 'svn', 'commit', '-q', '-m', 'first', '--username', 'ada');
    sh(work, 'svn', 'copy', '-q', '-m', 'tag', `${url}/web-shop/trunk`, `${url}/web-shop/tags/1.0.0`);
    writeFileSync(path.join(work, 'a.txt'), 'two');
    sh(work, 'svn', 'propset', '-q', 'svn:externals', '^/web-shop/tags/1.0.0 old', '.');
    sh(work, 'svn', 'update', '-q', '--ignore-externals');
    sh(work, 'svn', 'commit', '-q', '-m', 'second', '--username', 'ada');
  });
  const url = (): string => `file://${servers}/svn/web-shop`;

  it('checks out trunk with its externals as its example does', async () => {
    const run = await fixture.runExample('source.svn', { env: { SVN_SERVER: `file://${servers}/svn` } });
    expect(run.outcome()).toBe('succeeded');
    expect(run.stage().outputs).toMatchObject({
      revision: '6',
      author: 'ada',
      message: 'second',
      dir: 'shop',
    });
    expect(fixture.read('shop/a.txt')).toBe('two');
    expect(fixture.read('shop/old/a.txt')).toBe('one');
    expect(JSON.parse(fixture.read('source.json'))).toMatchObject({
      type: 'svn',
      digest: { svnRevision: '6' },
    });
    const again = await stage('source.submodules', { path: 'shop' });
    expect(again.stage().outputs).toMatchObject({ submodules: 'old 6', count: '1' });
  });

  it('checks out tags and old revisions, and exports files alone', async () => {
    const tag = await stage('source.svn', { url: url(), tag: '1.0.0', path: 'svn-tag', export: true });
    expect(tag.outcome()).toBe('succeeded');
    expect(existsSync(path.join(fixture.projectDir, 'svn-tag/.svn'))).toBe(false);
    const old = await stage('source.svn', { url: url(), branch: 'trunk', revision: 4, path: 'svn-old' });
    expect(old.stage().outputs).toMatchObject({ revision: '4', message: 'first' });
  });

  it('hands a password over on standard input, where nobody sees it', async () => {
    const settings = {
      url: url(),
      branch: 'trunk',
      path: 'svn-auth',
      username: 'ada',
      password: 'hunter2222',
    };
    const run = await stage('source.svn', settings);
    expect(run.outcome()).toBe('succeeded');
    expect(await run.log()).not.toContain('hunter2222');
  });

  it('says what is not there, and refuses what would be an option', async () => {
    const none = await stage('source.svn', { url: url(), branch: 'nope', path: 'svn-none' });
    expect(none.outcome()).toMatch(/^infra-error: svn info failed: .*nope/);
    const bad = await stage('source.svn', { url: '--config-option=x', path: 'svn-none' });
    expect(bad.outcome()).toMatch(/^failed: .* is no address/);
  });

  it('has branches and tags to pick from', async () => {
    const run = await stage('source.resolve', { type: 'svn', url: url(), from: 'both', prefer: 'newest' });
    expect(run.stage().outputs).toMatchObject({ ref: 'trunk', count: '2', matched: 'trunk\n1.0.0' });
  });
});

describe.skipIf(isMissing('hg'))('source.hg', () => {
  beforeAll(() => {
    const dir = path.join(servers, 'web-shop');
    mkdirSync(dir);
    sh(dir, 'hg', 'init');
    writeFileSync(path.join(dir, 'a.txt'), 'one');
    sh(dir, 'hg', 'commit', '-q', '-A', '-m', 'first', '-u', 'Ada <ada@example.com>');
    sh(dir, 'hg', 'tag', '-u', 'ada', '1.0.0');
    sh(dir, 'hg', 'branch', '-q', 'stable');
    writeFileSync(path.join(dir, 'a.txt'), 'two');
    sh(dir, 'hg', 'commit', '-q', '-m', 'second', '-u', 'Ada <ada@example.com>');
  });

  it('clones a repository at a named branch as its example does, and pulls into the clone', async () => {
    mkdirSync(path.join(fixture.projectDir, 'hg'));
    const run = await fixture.runExample('source.hg', {
      env: { HG_SERVER: servers },
      'working-directory': 'hg',
    });
    expect(run.outcome()).toBe('succeeded');
    expect(run.stage().outputs).toMatchObject({
      branch: 'stable',
      message: 'second',
      author: 'Ada <ada@example.com>',
    });
    expect(fixture.read('hg/shop/a.txt')).toBe('two');
    const again = await stage('source.hg', { url: `${servers}/web-shop`, ref: '1.0.0', path: 'hg/shop' });
    expect(again.stage().outputs).toMatchObject({ branch: 'default', tag: '1.0.0', message: 'first' });
    fixture.write('hg/shop/a.txt', 'mine');
    const changed = await stage('source.hg', { url: `${servers}/web-shop`, ref: 'stable', path: 'hg/shop' });
    expect(changed.outcome()).toMatch(/^infra-error: hg update failed: uncommitted changes/);
  });

  it('says what is not there, and refuses what would be an option', async () => {
    const none = await stage('source.hg', { url: `${servers}/web-shop`, ref: 'nope', path: 'hg-none' });
    expect(none.outcome()).toMatch(/^infra-error: hg update failed: unknown revision/);
    const bad = await stage('source.hg', {
      url: `${servers}/web-shop`,
      ref: '--config=alias.update=!touch',
      path: 'x',
    });
    expect(bad.outcome()).toMatch(/^failed: `ref`/);
  });

  it('has branches to pick from', async () => {
    const run = await stage('source.resolve', { type: 'hg', url: `${servers}/web-shop`, prefer: 'newest' });
    expect(run.stage().outputs).toMatchObject({ ref: 'stable', count: '2' });
  });
});

describe('source.resolve', () => {
  it('picks the highest version as its example does', async () => {
    const run = await fixture.runExample('source.resolve');
    expect(run.outcome()).toBe('succeeded');
    expect(run.stage().outputs).toMatchObject({
      ref: 'v2.0.0-rc.1',
      type: 'tag',
      version: '2.0.0-rc.1',
      count: '3',
    });
    expect(run.stage().outputs['commit']).toBe(origin.git('rev-parse', 'v2.0.0-rc.1'));
  });

  it('leaves prereleases out, and finds the newest branch', async () => {
    const stable = await stage('source.resolve', {
      url: origin.url,
      from: 'tags',
      patterns: 'v*',
      prereleases: false,
    });
    expect(stable.stage().outputs).toMatchObject({ ref: 'v1.10.0', matched: 'v1.10.0\nv1.9.0' });
    const newest = await stage('source.resolve', { url: origin.url, from: 'both', prefer: 'newest' });
    expect(newest.stage().outputs).toMatchObject({ commit: origin.git('rev-parse', 'HEAD') });
  });

  it('fails when nothing matches, or more than one where one was wanted', async () => {
    const none = await stage('source.resolve', { url: origin.url, patterns: 'nope-*' });
    expect(none.outcome()).toBe('failed: No branch matches nope-*.');
    const many = await stage('source.resolve', { url: origin.url, from: 'tags', unique: true });
    expect(many.outcome()).toMatch(/^failed: More than one tag matches/);
  });
});

describe('source.submodules', () => {
  it('brings them as its example does, into a checkout without them', async () => {
    origin.git('submodule', '--quiet', 'add', library.url, 'vendor/library');
    origin.commit('with a submodule', {});
    await stage('source.git', { url: origin.url, path: 'sub', depth: 0 });
    expect(existsSync(path.join(fixture.projectDir, 'sub/vendor/library/lib.txt'))).toBe(false);
    const run = await fixture.runExample('source.submodules', { 'working-directory': 'sub' });
    expect(run.outcome()).toBe('succeeded');
    expect(run.stage().outputs['submodules']).toBe(`vendor/library ${library.git('rev-parse', 'HEAD')}`);
    expect(fixture.read('sub/vendor/library/lib.txt')).toBe('lib');
  });

  it('fails when one of them cannot be fetched, and where there are none', async () => {
    origin.git('config', '-f', '.gitmodules', 'submodule.vendor/library.url', 'file:///nowhere.git');
    origin.commit('broken', {});
    await stage('source.git', { url: origin.url, path: 'broken' });
    expect((await stage('source.submodules', { path: 'broken' })).outcome()).toMatch(
      /^infra-error: git submodule failed/,
    );
    await stage('source.git', { url: library.url, path: 'without' });
    const none = await stage('source.submodules', { path: 'without' });
    expect(none.outcome()).toMatch(/^infra-error: The checkout names no other repositories/);
    expect((await stage('source.submodules', { path: '.' })).outcome()).toMatch(/^failed: \. is no checkout/);
  });
});
