import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { git, tempProject, treeOf, writeFiles } from './project-fixture.ts';
import { createSampleProject } from './sample-project.ts';

const templateDir = path.resolve(import.meta.dirname, '../../test/fixtures/sample-project');

it('makes a clean repository with a short history of all files of the sample', async () => {
  using temp = tempProject();
  const targetDir = path.join(temp.dir, 'samples', 'parcel');
  expect(await createSampleProject({ templateDir, targetDir })).toBe(targetDir);
  expect(treeOf(targetDir)['pipewright.yml']).toBe(treeOf(templateDir)['pipewright.yml']);
  expect(git(targetDir, 'status', '--porcelain')).toBe('');
  expect(git(targetDir, 'branch', '--show-current')).toBe('main\n');
  expect(git(targetDir, 'log', '--format=%an <%ae>').trim().split('\n')).toEqual(
    Array.from({ length: 3 }, () => 'Pipewright sample <sample@pipewright.invalid>'),
  );
});

it('leaves what is there as it is, and makes one repository when called twice at once', async () => {
  using temp = tempProject();
  const targetDir = path.join(temp.dir, 'parcel');
  await Promise.all([1, 2].map(() => createSampleProject({ templateDir, targetDir })));
  writeFiles(targetDir, { 'pipewright.yml': 'mine' });
  await createSampleProject({ templateDir, targetDir });
  expect(fs.readFileSync(path.join(targetDir, 'pipewright.yml'), 'utf8')).toBe('mine');
  expect(fs.readdirSync(temp.dir).toSorted()).toEqual(['data', 'parcel', 'project']);
});

it('leaves nothing when the template is missing', async () => {
  using temp = tempProject();
  const making = createSampleProject({
    templateDir: path.join(temp.dir, 'missing'),
    targetDir: path.join(temp.dir, 'parcel'),
  });
  await expect(making).rejects.toMatchObject({ code: 'workspace-failed' });
  expect(fs.readdirSync(temp.dir).toSorted()).toEqual(['data', 'project']);
});
