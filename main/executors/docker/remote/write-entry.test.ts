import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Header } from 'tar-stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { staysInside, writeEntry } from './write-entry.ts';

let dir: string;
let workspace: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-entry-'));
  workspace = path.join(dir, 'workspace');
  mkdirSync(workspace);
  mkdirSync(path.join(dir, 'outside'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const at = (...parts: readonly string[]): string => path.join(workspace, ...parts);

function write(
  name: string,
  header: Partial<Header>,
  text = '',
  linkedTo: string | null = null,
): Promise<void> {
  const whole = {
    ...{ name, size: text.length, mode: 0o640, mtime: new Date(1_000_000), linkname: '' },
    ...{ uid: 0, gid: 0, uname: '', gname: '', devmajor: 0, devminor: 0, type: 'file' as const },
    ...header,
  };
  const content = (async function* () {
    yield await Promise.resolve(Buffer.from(text));
  })();
  return writeEntry(workspace, name, { header: whole, content }, linkedTo);
}

it('writes a file with its mode and time, in folders that it makes', async () => {
  await write('one/two/file', {}, 'hello');
  expect(readFileSync(at('one/two/file'), 'utf8')).toBe('hello');
  expect(lstatSync(at('one/two/file'))).toMatchObject({ mtimeMs: 1_000_000 });
  expect(readdirSync(at('one/two'))).toEqual(['file']);
});

it.skipIf(process.platform === 'win32')('writes through no link', async () => {
  symlinkSync(path.join(dir, 'outside'), at('link'));
  writeFileSync(path.join(dir, 'outside/file'), 'mine');
  symlinkSync(path.join(dir, 'outside/file'), at('file'));
  await write('link/made', {}, 'theirs');
  await write('file', {}, 'theirs');
  expect(readdirSync(path.join(dir, 'outside'))).toEqual(['file']);
  expect(readFileSync(path.join(dir, 'outside/file'), 'utf8')).toBe('mine');
  expect(lstatSync(at('link')).isDirectory()).toBe(true);
  expect(readFileSync(at('file'), 'utf8')).toBe('theirs');
});

it('puts one kind of thing in the place of another', async () => {
  await write('thing/inside', {}, 'one');
  await write('thing', {}, 'a file now');
  expect(readFileSync(at('thing'), 'utf8')).toBe('a file now');
  await write('thing', { type: 'directory', mode: 0o500 });
  expect(lstatSync(at('thing')).isDirectory()).toBe(true);
});

it('copies the file that a hard link is one of, and none that is elsewhere', async () => {
  await write('one', {}, 'text');
  await write('two', { type: 'link' }, '', 'one');
  await write('three', { type: 'link' }, '', '../outside/file');
  expect(readFileSync(at('two'), 'utf8')).toBe('text');
  expect(existsSync(at('three'))).toBe(false);
});

it('passes by names that lead out, and devices', async () => {
  await write('../outside/made', {}, 'x');
  await write('/outside', {}, 'x');
  await write('device', { type: 'character-device' });
  expect(readdirSync(workspace)).toEqual([]);
  expect(readdirSync(path.join(dir, 'outside'))).toEqual([]);
  expect(['a/../b', 'a//b', './a', ''].map(staysInside)).toEqual([false, false, false, false]);
});
