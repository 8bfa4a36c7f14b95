import { afterEach, beforeEach, expect, it } from 'vitest';
import { gitSourceControl } from './git-info.ts';
import { commitAll, initRepository, openShared, tempProject, treeOf, writeFiles } from './project-fixture.ts';

const before = process.env['PATH'];
let temp: ReturnType<typeof tempProject>;

beforeEach(() => {
  temp = tempProject();
  initRepository(temp.project);
  writeFiles(temp.project, { '.gitignore': 'dist', a: 'a', 'dist/b': 'b' });
  commitAll(temp.project, 'one');
  process.env['PATH'] = temp.dataDir;
});

afterEach(() => {
  process.env['PATH'] = before;
  temp[Symbol.dispose]();
});

it('copies all files of a repository on a machine without Git', async () => {
  expect(treeOf(await openShared(temp))).toEqual({ '.gitignore': 'dist', a: 'a', 'dist/b': 'b' });
});

it('describes nothing on a machine without Git', async () => {
  expect(await gitSourceControl.describe(temp.project)).toBeNull();
});
