import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import {
  commitAll,
  git,
  initRepository,
  openShared,
  tempProject,
  treeOf,
  writeFiles,
} from './project-fixture.ts';

function status(cwd: string): string {
  return git(cwd, 'status', '--porcelain=v2', '--branch', '--untracked-files=all');
}

it('shows in the workspace what Git shows in the project', async () => {
  using temp = tempProject();
  const { project } = temp;
  initRepository(project);
  writeFiles(project, {
    '.gitignore': 'dist/\n',
    'src/a.js': 'a',
    'src/gone.js': 'g',
    'src/staged.js': 's',
    same: 's',
  });
  commitAll(project, 'one');
  git(project, 'branch', 'other');
  git(project, 'tag', 'v1.0.0');
  writeFiles(project, {
    'src/a.js': 'changed',
    'src/staged.js': 'staged',
    'new ä\n.js': 'n',
    'dist/out.js': 'ignored',
  });
  git(project, 'add', 'src/staged.js');
  fs.rmSync(path.join(project, 'src/gone.js'));
  fs.writeFileSync(path.join(project, '.git/info/exclude'), 'notes.txt\n');
  writeFiles(project, { 'notes.txt': 'mine' });

  const workspace = await openShared(temp);
  expect(status(workspace)).toBe(status(project));
  expect(status(workspace)).toContain('1 M. ');
  expect(git(workspace, 'for-each-ref')).toBe(git(project, 'for-each-ref'));
  expect(git(workspace, 'log', '--oneline')).toBe(git(project, 'log', '--oneline'));
  expect(git(workspace, 'describe', '--tags', '--dirty')).toBe('v1.0.0-dirty\n');
  expect(Object.keys(treeOf(workspace)).toSorted()).toEqual([
    '.gitignore',
    'new ä\n.js',
    'same',
    'src/a.js',
    'src/staged.js',
  ]);
  git(workspace, 'fsck');
});

it('is clean for scripts that ask for differences without refreshing', async () => {
  using temp = tempProject();
  initRepository(temp.project);
  writeFiles(temp.project, { a: 'a', b: 'b' });
  commitAll(temp.project, 'one');
  const workspace = await openShared(temp);
  expect(git(workspace, 'diff-index', 'HEAD')).toBe('');
});

it('has the remotes and settings of the project, and no remote when it has none', async () => {
  using temp = tempProject();
  initRepository(temp.project);
  commitAll(temp.project, 'one');
  const url = 'https://example.invalid/a "b"\\c.git';
  git(temp.project, 'remote', 'add', 'origin', url);
  git(temp.project, 'config', 'branch.trunk.remote', 'origin');
  git(temp.project, 'config', 'branch.trunk.merge', 'refs/heads/trunk');
  git(temp.project, 'config', 'note.Some.Key.text', 'two\nlines;\t# "quoted"');
  git(temp.project, 'update-ref', 'refs/remotes/origin/trunk', 'HEAD');
  const workspace = await openShared(temp);
  expect(git(workspace, 'remote', '-v')).toBe(git(temp.project, 'remote', '-v'));
  expect(git(workspace, 'config', 'note.Some.Key.text')).toBe('two\nlines;\t# "quoted"\n');
  expect(git(workspace, 'status')).toBe(git(temp.project, 'status'));

  using plain = tempProject();
  initRepository(plain.project);
  commitAll(plain.project, 'one');
  expect(git(await openShared(plain), 'remote')).toBe('');
});

it('leaves the project as it was when the workspace is changed', async () => {
  using temp = tempProject();
  initRepository(temp.project);
  writeFiles(temp.project, { a: 'a' });
  commitAll(temp.project, 'one');
  const before = [status(temp.project), git(temp.project, 'for-each-ref'), treeOf(temp.project)];
  const workspace = await openShared(temp);
  writeFiles(workspace, { a: 'changed', b: 'new' });
  commitAll(workspace, 'two');
  git(workspace, 'gc', '-q', '--prune=now');
  expect([status(temp.project), git(temp.project, 'for-each-ref'), treeOf(temp.project)]).toEqual(before);
  git(temp.project, 'fsck');
});

it('copies a repository without commits', async () => {
  using temp = tempProject();
  initRepository(temp.project);
  writeFiles(temp.project, { a: 'a', b: 'b' });
  git(temp.project, 'add', 'a');
  const workspace = await openShared(temp);
  expect(status(workspace)).toBe(status(temp.project));
  expect(treeOf(workspace)).toEqual({ a: 'a', b: 'b' });
});

it('keeps a detached head detached', async () => {
  using temp = tempProject();
  initRepository(temp.project);
  commitAll(temp.project, 'one');
  git(temp.project, 'checkout', '-q', '--detach');
  const workspace = await openShared(temp);
  expect(status(workspace)).toBe(status(temp.project));
});

it('copies a further working tree of a repository on its own branch', async () => {
  using temp = tempProject();
  initRepository(temp.project);
  writeFiles(temp.project, { a: 'a' });
  commitAll(temp.project, 'one');
  const tree = path.join(temp.dir, 'tree');
  git(temp.project, 'worktree', 'add', '-q', '-b', 'feature', tree);
  writeFiles(tree, { a: 'feature' });
  const workspace = await openShared(temp, tree);
  expect(status(workspace)).toBe(status(tree));
  expect(treeOf(workspace)).toEqual({ a: 'feature' });
});

it('copies a shallow clone', async () => {
  using temp = tempProject();
  const upstream = path.join(temp.dir, 'upstream');
  fs.mkdirSync(upstream);
  initRepository(upstream);
  commitAll(upstream, 'one');
  writeFiles(upstream, { a: 'a' });
  commitAll(upstream, 'two');
  git(temp.dir, 'clone', '-q', '--depth=1', `file://${upstream}`, temp.project);
  const workspace = await openShared(temp);
  expect(status(workspace)).toBe(status(temp.project));
  expect(git(workspace, 'log', '--format=%s')).toBe('two\n');
});

it('copies the files of submodules and of repositories inside, as far as they are not ignored', async () => {
  using temp = tempProject();
  const library = path.join(temp.dir, 'library');
  fs.mkdirSync(library);
  initRepository(library);
  writeFiles(library, { '.gitignore': 'built\n', 'lib.js': 'l' });
  commitAll(library, 'library');
  initRepository(temp.project);
  git(temp.project, 'submodule', '--quiet', 'add', library, 'vendor/library');
  commitAll(temp.project, 'one');
  writeFiles(temp.project, { 'vendor/library/built': 'b', 'vendor/library/new': 'n', 'inner/x': 'x' });
  initRepository(path.join(temp.project, 'inner'));
  const workspace = await openShared(temp);
  expect(Object.keys(treeOf(workspace)).toSorted()).toEqual([
    '.gitmodules',
    'inner/x',
    'vendor/library/.gitignore',
    'vendor/library/lib.js',
    'vendor/library/new',
  ]);
  expect(git(workspace, 'status', '--porcelain', '--', 'vendor')).toBe('');
});

it('opens the folder of the project in a copy of the whole repository', async () => {
  using temp = tempProject();
  initRepository(temp.project);
  writeFiles(temp.project, { 'packages/shop/a': 'a', 'packages/shared/b': 'b' });
  commitAll(temp.project, 'one');
  const shop = path.join(temp.project, 'packages/shop');
  const workspace = await openShared(temp, shop);
  expect(treeOf(workspace)).toEqual({ a: 'a' });
  expect(git(workspace, 'rev-parse', '--show-prefix')).toBe('packages/shop/\n');
  expect(fs.readFileSync(path.join(workspace, '../shared/b'), 'utf8')).toBe('b');
});

it('copies only the project when a repository above it has none of its files', async () => {
  using temp = tempProject();
  initRepository(temp.dir);
  writeFiles(temp.dir, { 'other/secret': 's', 'project/a': 'a' });
  git(temp.dir, 'add', 'other');
  const workspace = await openShared(temp);
  expect(workspace).toBe(path.join(temp.dataDir, 'runs/000000000000run1/workspace'));
  expect(treeOf(path.dirname(workspace))).toEqual({ 'workspace/a': 'a' });
});

it.skipIf(process.platform === 'win32')('copies links as links and nothing from behind a link', async () => {
  using temp = tempProject();
  const outside = path.join(temp.dir, 'outside');
  writeFiles(outside, { b: 'secret' });
  initRepository(temp.project);
  writeFiles(temp.project, { 'a/b': 'b', 'run.sh': 'true' });
  fs.chmodSync(path.join(temp.project, 'run.sh'), 0o755);
  commitAll(temp.project, 'one');
  fs.rmSync(path.join(temp.project, 'a'), { recursive: true });
  fs.symlinkSync(outside, path.join(temp.project, 'a'));
  const workspace = await openShared(temp);
  expect(treeOf(workspace)).toEqual({ a: `-> ${outside}`, 'run.sh': 'true' });
  expect(fs.statSync(path.join(workspace, 'run.sh')).mode & 0o111).toBe(0o111);
  expect(treeOf(outside)).toEqual({ b: 'secret' });
});

it.skipIf(process.getuid?.() !== 0)('copies a repository that belongs to another user', async () => {
  using temp = tempProject();
  initRepository(temp.project);
  writeFiles(temp.project, { a: 'a' });
  commitAll(temp.project, 'one');
  for (const file of ['', '.git', 'a']) fs.chownSync(path.join(temp.project, file), 12_345, 12_345);
  expect(treeOf(await openShared(temp))).toEqual({ a: 'a' });
});
