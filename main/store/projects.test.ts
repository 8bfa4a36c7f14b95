import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { projectIdSchema } from '#shared/api/schemas.ts';
import { openStore } from './open-store.ts';
import { BEGIN, createRun, tempDir, tempStore } from './store-fixture.ts';

it('gives a folder one id however its path is written', () => {
  using temp = tempStore();
  const { store, projectDir } = temp;
  const link = `${projectDir}-link`;
  fs.symlinkSync(projectDir, link);
  const project = store.projects.add(projectDir);
  expect(store.projects.add(path.join(link, '.')).id).toBe(project.id);
  expect(projectIdSchema.parse(project.id)).toBe(project.id);
  expect(store.projects.list()).toHaveLength(1);
  expect(project).toMatchObject({ name: 'project', exists: true, isSample: false, lastRun: null });
});

it('lists the most recently opened first', () => {
  using temp = tempDir();
  let now = BEGIN;
  const store = openStore(path.join(temp.dir, 'data'), () => now);
  for (const name of ['a', 'b', 'c']) {
    fs.mkdirSync(path.join(temp.dir, name));
    now += 1;
    store.projects.add(path.join(temp.dir, name));
  }
  now += 1;
  store.projects.touch(store.projects.list().at(-1)!.id);
  expect(store.projects.list().map(({ name }) => name)).toEqual(['a', 'c', 'b']);
  store.close();
});

it('shows the last run, also one from before the folder was added', () => {
  using temp = tempStore();
  const { store, projectDir } = temp;
  createRun(store, projectDir, { at: 1 });
  const last = createRun(store, projectDir, { at: 2 });
  expect(store.projects.add(projectDir).lastRun?.id).toBe(last.runId);
});

it('remembers that a project is the sample, and tells when its folder is gone', () => {
  using temp = tempStore();
  const { store, projectDir } = temp;
  store.projects.add(projectDir, { isSample: true });
  const { id } = store.projects.add(projectDir);
  fs.rmSync(projectDir, { recursive: true });
  expect(store.projects.get(id)).toMatchObject({ isSample: true, exists: false });
});

it('removes a project from the list but keeps its runs', () => {
  using temp = tempStore();
  const { store, projectDir } = temp;
  const run = createRun(store, projectDir);
  const { id } = store.projects.add(projectDir);
  expect(store.projects.remove(id)).toBe(true);
  expect(store.projects.remove(id)).toBe(false);
  expect(() => store.projects.get(id)).toThrow(expect.objectContaining({ code: 'project-not-found' }));
  expect(store.runs.get(run.runId).projectId).toBe(id);
});

it('refuses a folder that is not there, or a file', () => {
  using temp = tempStore();
  const missing = path.join(temp.projectDir, 'missing');
  fs.writeFileSync(path.join(temp.projectDir, 'file'), '');
  for (const dir of [missing, path.join(temp.projectDir, 'file')]) {
    expect(() => temp.store.projects.add(dir)).toThrow(expect.objectContaining({ code: 'folder-not-found' }));
  }
});
