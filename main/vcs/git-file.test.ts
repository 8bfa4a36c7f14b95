import { expect, it } from 'vitest';
import { describeFile } from './git-file.ts';
import { commitAll, git, initRepository, tempProject, writeFiles } from './project-fixture.ts';

it('tells what the newest commit has of a file, and how the file stands', async () => {
  using temp = tempProject();
  initRepository(temp.project);
  writeFiles(temp.project, { '.pipewright/a b.yml': 'name: A\r\n' });
  commitAll(temp.project, 'one');
  const file = '.pipewright/a b.yml';
  expect(await describeFile(temp.project, file)).toEqual({
    git: { branch: 'trunk', status: 'clean' },
    text: 'name: A\r\n',
  });
  writeFiles(temp.project, { [file]: 'name: B\n' });
  expect(await describeFile(temp.project, file)).toMatchObject({
    git: { status: 'modified' },
    text: 'name: A\r\n',
  });
});

it('knows files that are new, staged and ignored', async () => {
  using temp = tempProject();
  initRepository(temp.project);
  writeFiles(temp.project, {
    'new.yml': '',
    'staged.yml': '',
    'ignored.yml': '',
    '.gitignore': 'ignored.yml',
  });
  git(temp.project, 'add', 'staged.yml');
  for (const [file, status] of [
    ['new.yml', 'untracked'],
    ['staged.yml', 'added'],
    ['ignored.yml', 'ignored'],
  ] as const) {
    expect(await describeFile(temp.project, file)).toEqual({ git: { branch: 'trunk', status }, text: null });
  }
});

it('answers with nothing outside of a repository', async () => {
  using temp = tempProject();
  expect(await describeFile(temp.project, 'pipewright.yml')).toEqual({ git: null, text: null });
});
