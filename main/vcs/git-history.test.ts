import path from 'node:path';
import { expect, it } from 'vitest';
import {
  changedLines,
  commitsBetween,
  fileOfCommit,
  filesBetween,
  mergeBaseOf,
  parentOf,
  remoteBranch,
  untrackedFiles,
} from './git-history.ts';
import { commitAll, git, initRepository, tempProject, writeFiles } from './project-fixture.ts';

const headOf = (dir: string): string => git(dir, 'rev-parse', 'HEAD').trim();

it('tells what lies between two commits, seen from a project in a folder of its repository', async () => {
  using temp = tempProject();
  const shop = path.join(temp.project, 'shop');
  initRepository(temp.project);
  git(temp.project, 'branch', '-m', 'main');
  writeFiles(temp.project, { 'shop/a b.ts': 'one\ntwo\n', 'other/x.ts': '1\n' });
  commitAll(temp.project, 'Begin');
  const first = headOf(temp.project);
  git(temp.project, 'checkout', '-q', '-b', 'topic');
  writeFiles(temp.project, { 'other/x.ts': '2\n' });
  commitAll(temp.project, 'Elsewhere');
  writeFiles(temp.project, { 'shop/a b.ts': 'one\n2\nthree\n', 'shop/ä.ts': 'x\n' });
  commitAll(temp.project, 'Count: "three"');
  const last = headOf(temp.project);

  expect(await commitsBetween(shop, first, last, 10)).toMatchObject([
    { commit: last, message: 'Count: "three"', author: 'Tester' },
  ]);
  expect(await filesBetween(shop, first, last)).toEqual(['a b.ts', 'ä.ts']);
  expect(await mergeBaseOf(shop, last)).toBe(first);
  expect(await mergeBaseOf(shop, first)).toBeNull();
  expect(await parentOf(shop, first)).toBeNull();
  expect(await remoteBranch(shop)).toBeNull();
  expect([...(await changedLines(shop, first, last))!]).toEqual([
    ['a b.ts', [2, 3]],
    ['ä.ts', [1]],
  ]);
  writeFiles(temp.project, { 'shop/a b.ts': 'ONE\n2\nthree\n', 'shop/new.ts': 'y\n' });
  expect([...(await changedLines(shop, last, null))!]).toEqual([['a b.ts', [1]]]);
  expect(await untrackedFiles(shop)).toEqual(['new.ts']);
  expect(Buffer.from((await fileOfCommit(shop, first, 'a b.ts'))!).toString()).toBe('one\ntwo\n');
  expect(await fileOfCommit(shop, first, 'new.ts')).toBeNull();
});

it('has nothing to tell outside of a repository, of commits that are gone, and of what is no commit', async () => {
  using temp = tempProject();
  const gone = 'a'.repeat(40);
  expect(await commitsBetween(temp.project, gone, gone, 1)).toBeNull();
  initRepository(temp.project);
  commitAll(temp.project, 'Begin');
  expect(await commitsBetween(temp.project, gone, headOf(temp.project), 1)).toBeNull();
  expect(await changedLines(temp.project, '--output=x', null)).toBeNull();
  expect(await fileOfCommit(temp.project, 'HEAD', 'x')).toBeNull();
  expect(await mergeBaseOf(path.join(temp.dir, 'gone'), gone)).toBeNull();
});
