import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { gitSourceControl } from './git-info.ts';
import { commitAll, git, initRepository, tempProject, writeFiles } from './project-fixture.ts';

it('describes the commit that a project stands at, also from a folder of the repository', async () => {
  using temp = tempProject();
  initRepository(temp.project);
  writeFiles(temp.project, { 'sub/a': 'a' });
  commitAll(temp.project, 'Prices with "tax", ü\n\nbody');
  const commit = git(temp.project, 'rev-parse', 'HEAD').trim();
  const expected = { commit, branch: 'trunk', message: 'Prices with "tax", ü' };
  expect(await gitSourceControl.describe(temp.project)).toEqual(expected);
  expect(await gitSourceControl.describe(path.join(temp.project, 'sub'))).toEqual(expected);
});

it('has no branch for a detached head', async () => {
  using temp = tempProject();
  initRepository(temp.project);
  commitAll(temp.project, 'one');
  git(temp.project, 'checkout', '-q', '--detach');
  expect(await gitSourceControl.describe(temp.project)).toMatchObject({ branch: null, message: 'one' });
});

it('answers with null outside of a repository, before the first commit and for a broken one', async () => {
  using temp = tempProject();
  expect(await gitSourceControl.describe(temp.project)).toBeNull();
  expect(await gitSourceControl.describe(path.join(temp.project, 'missing'))).toBeNull();
  initRepository(temp.project);
  expect(await gitSourceControl.describe(temp.project)).toBeNull();
  fs.writeFileSync(path.join(temp.project, '.git/HEAD'), 'nonsense');
  expect(await gitSourceControl.describe(temp.project)).toBeNull();
});

it.skipIf(process.getuid?.() !== 0)('describes a repository that belongs to another user', async () => {
  using temp = tempProject();
  initRepository(temp.project);
  commitAll(temp.project, 'one');
  for (const file of ['', '.git']) fs.chownSync(path.join(temp.project, file), 12_345, 12_345);
  expect(await gitSourceControl.describe(temp.project)).toMatchObject({ message: 'one' });
});
