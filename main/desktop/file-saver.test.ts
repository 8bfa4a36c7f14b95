import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileSaver, safeFileName } from './file-saver.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('FileSaver', () => {
  let dir: string;
  let target: string;
  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'pipewright-save-'));
    target = path.join(dir, 'build.log');
  });
  afterEach(async () => rm(dir, { recursive: true }));

  it('puts the pieces together in order and replaces what was there', async () => {
    await writeFile(target, 'old');
    const saver = new FileSaver();
    const id = await saver.begin(1, target);
    await saver.append(1, id, bytes('one '));
    await saver.append(1, id, bytes('two'));
    expect(await readFile(target, 'utf8')).toBe('old');
    await saver.end(1, id, true);
    expect(await readFile(target, 'utf8')).toBe('one two');
    expect(await readdir(dir)).toEqual(['build.log']);
  });

  it('leaves nothing behind when the download fails or the window goes', async () => {
    const saver = new FileSaver();
    const failed = await saver.begin(1, target);
    await saver.append(1, failed, bytes('half'));
    await saver.end(1, failed, false);
    await saver.begin(1, target);
    await saver.dropAll(1);
    expect(await readdir(dir)).toEqual([]);
  });

  it('lets a window write to its own files only', async () => {
    const saver = new FileSaver();
    const id = await saver.begin(1, target);
    await expect(saver.append(2, id, bytes('x'))).rejects.toThrow('no longer open');
    await saver.dropAll(1);
  });
});

describe('safeFileName', () => {
  it.each([
    ['unit[node=22].log', 'unit[node=22].log'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Windows\\win.ini', 'win.ini'],
    ['what?*.txt', 'what__.txt'],
    ['..', 'download'],
    ['name. ', 'name'],
  ])('makes %s into %s', (suggested, name) => {
    expect(safeFileName(suggested)).toBe(name);
  });
});
