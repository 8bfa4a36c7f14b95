import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { matchFiles } from './match-files.ts';

let dir = '';

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'pipewright-match-'));
  for (const file of ['src/a.ts', 'src/deep/b.ts', 'src/a.js', 'node_modules/x/c.ts', '.git/d.ts']) {
    await mkdir(path.dirname(path.join(dir, file)), { recursive: true });
    await writeFile(path.join(dir, file), '');
  }
});

afterEach(() => rm(dir, { recursive: true, force: true }));

const match = (...globs: string[]) => matchFiles(dir, globs, undefined);

describe('matchFiles', () => {
  it('counts the files of a project and names the first of them', async () => {
    expect(await match('**/*.ts')).toEqual({
      count: 2,
      files: ['src/a.ts', 'src/deep/b.ts'],
      isPartial: false,
    });
  });

  it('leaves out what a leading ! excludes', async () => {
    expect((await match('src/**', '!**/*.js')).files).toEqual(['src/a.ts', 'src/deep/b.ts']);
  });

  it('looks into node_modules only when a glob names it', async () => {
    expect((await match('node_modules/**/*.ts')).files).toEqual(['node_modules/x/c.ts']);
  });

  it('finds everything below a folder that is named alone', async () => {
    expect((await match('src')).count).toBe(3);
  });

  it('matches nothing outside of the project', async () => {
    expect((await match('../**', '/etc/*')).count).toBe(0);
  });
});
