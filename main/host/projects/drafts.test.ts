import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectIdOf } from '#shared/lib/ids.ts';
import { createDrafts } from './drafts.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'pipewright-drafts-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const projectId = projectIdOf('p');
const draft = { text: 'name: Mine\n', baseText: 'name: Shop\n', baseHash: 'abc', savedAt: 7 };

describe('a draft', () => {
  it('is kept for each file of each project, until it is removed', async () => {
    const drafts = createDrafts(dir);
    expect(await drafts.read(projectId, 'a.yml')).toBeNull();
    await drafts.write(projectId, 'a.yml', draft);
    await drafts.write(projectId, '.pipewright/ä b.yml', { ...draft, savedAt: 8 });
    const later = createDrafts(dir);
    expect(await later.read(projectId, 'a.yml')).toEqual(draft);
    expect(await later.read(projectId, '.pipewright/ä b.yml')).toEqual({ ...draft, savedAt: 8 });
    expect(await later.read(projectIdOf('q'), 'a.yml')).toBeNull();
    await later.remove(projectId, 'a.yml');
    await later.remove(projectId, 'a.yml');
    expect(await drafts.read(projectId, 'a.yml')).toBeNull();
  });

  it('that was damaged counts as none', async () => {
    const drafts = createDrafts(dir);
    await drafts.write(projectId, 'a.yml', draft);
    const folder = path.join(dir, 'drafts', projectId);
    const [name = ''] = await readdir(folder);
    await writeFile(path.join(folder, name), '{"text": ');
    expect(await drafts.read(projectId, 'a.yml')).toBeNull();
  });
});
