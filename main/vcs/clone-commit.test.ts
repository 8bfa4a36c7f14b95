import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import {
  commitAll,
  git,
  initRepository,
  NEVER,
  planOf,
  RUN,
  stageOf,
  tempProject,
  treeOf,
  writeFiles,
} from './project-fixture.ts';
import { fetchCommit, hasCommit } from './fetch-commit.ts';
import { describeCommit } from './git-info.ts';
import { createCommitReader } from './read-commit.ts';
import { createWorkspaces } from './workspaces.ts';

const head = (cwd: string): string => git(cwd, 'rev-parse', 'HEAD').trim();

/** The shared workspace of a run that works on a commit. */
async function checkedOut(
  temp: { readonly dataDir: string },
  project: string,
  commit: string,
  branch: string | null,
): Promise<string> {
  const workspaces = createWorkspaces(temp.dataDir);
  const plan = planOf('shared');
  await workspaces.prepare(RUN, plan, project, NEVER, { commit, branch, message: '', isCheckedOut: true });
  return workspaces.open(RUN, plan, stageOf('build'), 1, project, NEVER);
}

it('has the files of the commit on its branch, and nothing of what the folder holds', async () => {
  using temp = tempProject();
  initRepository(temp.project);
  writeFiles(temp.project, { a: 'first', gone: 'x', 'sub/b': 'b' });
  commitAll(temp.project, 'one');
  const commit = head(temp.project);
  git(temp.project, 'rm', '-q', 'gone');
  writeFiles(temp.project, { a: 'second' });
  commitAll(temp.project, 'two');
  writeFiles(temp.project, {
    a: 'not committed',
    untracked: 'u',
    '.git/hooks/post-checkout': '#!/bin/sh\ntouch "$PWD/hooked"\n',
  });
  fs.chmodSync(path.join(temp.project, '.git/hooks/post-checkout'), 0o755);
  git(temp.project, 'config', 'core.hooksPath', path.join(temp.project, '.git/hooks'));
  const before = git(temp.project, 'status', '--porcelain');

  const workspace = await checkedOut(temp, temp.project, commit, 'feature/x');
  expect(treeOf(workspace)).toEqual({ a: 'first', gone: 'x', 'sub/b': 'b' });
  expect(git(workspace, 'status', '--porcelain')).toBe('');
  expect(git(workspace, 'rev-parse', 'HEAD').trim()).toBe(commit);
  expect(git(workspace, 'rev-parse', '--abbrev-ref', 'HEAD').trim()).toBe('feature/x');
  expect(git(temp.project, 'status', '--porcelain')).toBe(before);
  expect(git(temp.project, 'branch', '--list').trim()).toBe('* trunk');
  expect(await describeCommit(temp.project, commit, 'feature/x')).toEqual({
    commit,
    branch: 'feature/x',
    message: 'one',
    isCheckedOut: true,
  });
});

it('moves a branch that the project has to the commit in the workspace alone, and detaches for a tag', async () => {
  using temp = tempProject();
  initRepository(temp.project);
  writeFiles(temp.project, { a: '1' });
  commitAll(temp.project, 'one');
  const commit = head(temp.project);
  writeFiles(temp.project, { a: '2' });
  commitAll(temp.project, 'two');
  const workspace = await checkedOut(temp, temp.project, commit, 'trunk');
  expect(git(workspace, 'rev-parse', 'trunk').trim()).toBe(commit);
  expect(git(temp.project, 'rev-parse', 'trunk').trim()).not.toBe(commit);

  using other = tempProject();
  const detached = await checkedOut(other, temp.project, commit, null);
  expect(git(detached, 'rev-parse', '--abbrev-ref', 'HEAD').trim()).toBe('HEAD');
  using third = tempProject();
  const inTheWay = await checkedOut(third, temp.project, commit, 'trunk/below');
  expect(head(inTheWay)).toBe(commit);
});

it('works in the folder of the project where that is a part of its repository', async () => {
  using temp = tempProject();
  initRepository(temp.project);
  writeFiles(temp.project, { 'apps/web/a': 'first', other: 'o' });
  commitAll(temp.project, 'one');
  const commit = head(temp.project);
  writeFiles(temp.project, { 'apps/web/a': 'second' });
  const workspace = await checkedOut(temp, path.join(temp.project, 'apps', 'web'), commit, null);
  expect(treeOf(workspace)).toEqual({ a: 'first' });
  expect(fs.existsSync(path.join(workspace, '../../other'))).toBe(true);
});

it('fills a submodule at the commit that it names, and leaves one empty that was never fetched', async () => {
  using temp = tempProject();
  const [library, other] = ['library', 'other'].map((name) => path.join(temp.dir, name));
  for (const dir of [library!, other!]) {
    fs.mkdirSync(dir);
    initRepository(dir);
    writeFiles(dir, { lib: 'v1' });
    commitAll(dir, 'v1');
  }
  initRepository(temp.project);
  git(temp.project, 'submodule', '--quiet', 'add', library!, 'libs/one');
  git(temp.project, 'submodule', '--quiet', 'add', other!, 'libs/two');
  commitAll(temp.project, 'with libraries');
  const commit = head(temp.project);
  writeFiles(library!, { lib: 'v2' });
  commitAll(library!, 'v2');
  git(path.join(temp.project, 'libs/one'), 'pull', '--quiet', 'origin', 'trunk');
  commitAll(temp.project, 'newer library');
  git(temp.project, 'submodule', '--quiet', 'deinit', '--force', 'libs/two');

  const workspace = await checkedOut(temp, temp.project, commit, null);
  expect(treeOf(path.join(workspace, 'libs'))).toEqual({ [path.join('one', 'lib')]: 'v1' });
  expect(fs.existsSync(path.join(workspace, 'libs/one/.git'))).toBe(false);
});

it('refuses a pipeline that works in the project folder itself, and a project without Git', async () => {
  using temp = tempProject();
  const workspaces = createWorkspaces(temp.dataDir);
  const git = { commit: 'a'.repeat(40), branch: null, message: '' };
  await expect(workspaces.prepare(RUN, planOf('in-place'), temp.project, NEVER, git)).rejects.toThrow(
    /in-place.*never moved/,
  );
  await expect(workspaces.prepare(RUN, planOf('shared'), temp.project, NEVER, git)).rejects.toThrow(
    /is not in Git/,
  );
});

it('fetches a commit from whichever remote has it, below refs/pipewright alone', async () => {
  using temp = tempProject();
  const remote = path.join(temp.dir, 'remote');
  fs.mkdirSync(remote);
  initRepository(remote);
  writeFiles(remote, { a: '1' });
  commitAll(remote, 'one');
  git(remote, 'checkout', '-q', '-b', 'feature');
  writeFiles(remote, { a: '2' });
  commitAll(remote, 'two');
  const commit = head(remote);
  git(remote, 'update-ref', 'refs/pull/7/head', commit);
  git(remote, 'checkout', '-q', 'trunk');
  git(remote, 'branch', '-q', '-D', 'feature');
  initRepository(temp.project);
  git(temp.project, 'remote', 'add', 'upstream', remote);

  await fetchCommit(temp.project, { commit, ref: 'refs/pull/7/head', remote: 'origin' });
  expect(await hasCommit(temp.project, commit)).toBe(true);
  const refs = git(temp.project, 'for-each-ref', '--format=%(refname)').trim().split('\n');
  expect(refs).toEqual(['refs/pipewright/pull/7/head']);
  await fetchCommit(temp.project, { commit, ref: null, remote: 'origin' });
});

it('says which remotes did not give a commit, and that a project is not in Git', async () => {
  using temp = tempProject();
  const wanted = { commit: 'b'.repeat(40), ref: 'refs/heads/x', remote: 'origin' };
  await expect(fetchCommit(temp.project, wanted)).rejects.toThrow(/is not in Git/);
  initRepository(temp.project);
  await expect(fetchCommit(temp.project, wanted)).rejects.toThrow(
    /no remote gives it \(the project has no remote\)/,
  );
  git(temp.project, 'remote', 'add', 'origin', path.join(temp.dir, 'nowhere'));
  await expect(fetchCommit(temp.project, wanted)).rejects.toThrow(/asked: origin/);
  await expect(fetchCommit(temp.project, { ...wanted, commit: '--upload-pack=x' })).rejects.toThrow(
    /is no commit/,
  );
});

it('reads files as a commit has them, and neither links, folders nor what is outside', async () => {
  using temp = tempProject();
  initRepository(temp.project);
  writeFiles(temp.project, {
    'web/a.yml': 'ä',
    'web/[x].yml': 'x',
    outside: 'o',
    'web/large': 'x'.repeat(200),
  });
  fs.symlinkSync('a.yml', path.join(temp.project, 'web/link.yml'));
  commitAll(temp.project, 'one');
  const commit = head(temp.project);
  writeFiles(temp.project, { 'web/a.yml': 'changed' });
  const reader = await createCommitReader(path.join(temp.project, 'web'), commit, 100, NEVER);
  const text = async (file: string): Promise<string> => {
    const read = await reader.read(file);
    return read.type === 'file' ? Buffer.from(read.bytes).toString() : read.type;
  };
  expect(await Promise.all(['a.yml', './x/../a.yml', '[x].yml'].map(text))).toEqual(['ä', 'ä', 'x']);
  const others = ['link.yml', '../outside', '..', '', 'nothing', 'large'];
  expect(await Promise.all(others.map(text))).toEqual(['none', 'none', 'none', 'none', 'none', 'too-large']);
});
