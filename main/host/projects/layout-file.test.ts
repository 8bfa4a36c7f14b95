import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readLayout, writeLayout } from './layout-file.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'pipewright-layout-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const sideFile = (): string => path.join(dir, '.pipewright/layout/pipewright.yml.json');

describe('the layout of a file', () => {
  it('stands beside the project in a fixed order, and is read back', async () => {
    const places = { '': { unit: { x: 20, y: 4 }, build: { x: 0, y: 4 } } };
    await writeLayout(dir, 'pipewright.yml', places);
    expect(await readLayout(dir, 'pipewright.yml')).toEqual(places);
    const text = await readFile(sideFile(), 'utf8');
    expect(text.indexOf('build')).toBeLessThan(text.indexOf('unit'));
    expect(text.endsWith('}\n')).toBe(true);
  });

  it('leaves nothing behind once no stage has a place', async () => {
    await writeLayout(dir, 'pipewright.yml', { '': { unit: { x: 1, y: 1 } } });
    await writeLayout(dir, '.pipewright/release.yml', { '': { unit: { x: 1, y: 1 } } });
    await writeLayout(dir, 'pipewright.yml', { '': {} });
    expect(existsSync(sideFile())).toBe(false);
    expect(await readLayout(dir, '.pipewright/release.yml')).toEqual({ '': { unit: { x: 1, y: 1 } } });
    await writeLayout(dir, '.pipewright/release.yml', {});
    expect(existsSync(path.join(dir, '.pipewright/layout'))).toBe(false);
  });

  it.each(['', '<<<<<<< ours\n{}', '{"": {"unit": {"x": "left"}}}'])(
    'is none where the side file says %j',
    async (text) => {
      await mkdir(path.dirname(sideFile()), { recursive: true });
      await writeFile(sideFile(), text);
      expect(await readLayout(dir, 'pipewright.yml')).toEqual({});
    },
  );

  it('is none where nobody has moved anything', async () => {
    expect(await readLayout(dir, 'pipewright.yml')).toEqual({});
    await writeLayout(dir, 'pipewright.yml', {});
    expect(existsSync(path.join(dir, '.pipewright'))).toBe(false);
  });
});
