import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { type Header, pack } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '#shared/lib/app-error.ts';
import { unpackPackage, type UnpackLimits } from './unpack-package.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-unpack-'));
  mkdirSync(path.join(dir, 'target'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

type Entry = Partial<Header> & { readonly name: string };

async function tar(entries: readonly Entry[], text = 'text'): Promise<Buffer> {
  const archive = pack();
  for (const entry of entries) {
    if (entry.type === undefined || entry.type === 'file') archive.entry({ ...entry }, text);
    else archive.entry({ ...entry });
  }
  archive.finalize();
  const parts: Buffer[] = [];
  for await (const part of archive as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}

async function unpack(bytes: Uint8Array, limits?: UnpackLimits): Promise<string> {
  const file = path.join(dir, 'package.tgz');
  writeFileSync(file, bytes);
  try {
    await unpackPackage(file, path.join(dir, 'target'), undefined, limits);
    return 'unpacked';
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return `${error.code}: ${error.message}`;
  }
}
const target = (...names: readonly string[]): string => path.join(dir, 'target', ...names);

it('writes files and folders without the one that is around them', async () => {
  const run = { name: 'package/bin/run', mode: 0o755 };
  const entries: Entry[] = [{ name: 'package/', type: 'directory' }, { name: 'package/a.txt' }, run];
  expect(await unpack(gzipSync(await tar(entries)))).toBe('unpacked');
  expect(readdirSync(target()).sort()).toEqual(['a.txt', 'bin']);
  expect(readFileSync(target('a.txt'), 'utf8')).toBe('text');
  if (process.platform !== 'win32') {
    expect([statSync(target('a.txt')).mode & 0o111, statSync(target('bin/run')).mode & 0o111]).toEqual([
      0, 0o111,
    ]);
  }
});

describe('an archive that is made to harm', () => {
  it.each<readonly [string, Entry, RegExp]>([
    ['a name that climbs', { name: 'package/../../escaped' }, /leads out of it/],
    ['a name that climbs with `\\`', { name: 'package\\..\\..\\escaped' }, /leads out of it/],
    ['a name below another root', { name: '/escaped/x' }, /leads out of it/],
    ['a drive in its name', { name: 'package/C:/escaped' }, /leads out of it/],
    [
      'a link that leads out',
      { name: 'package/l', type: 'symlink', linkname: '../..' },
      /neither a file nor/,
    ],
    ['a hard link', { name: 'package/l', type: 'link', linkname: '/etc/passwd' }, /neither a file nor/],
    ['a device', { name: 'package/d', type: 'character-device' }, /neither a file nor/],
    ['a file below a file', { name: 'package/a.txt/b' }, /its archive is broken/],
  ])('is refused for %s, and nothing is written elsewhere', async (_, entry, words) => {
    expect(await unpack(gzipSync(await tar([{ name: 'package/a.txt' }, entry])))).toMatch(words);
    expect(readdirSync(dir).sort()).toEqual(['package.tgz', 'target']);
    expect(existsSync('/escaped')).toBe(false);
    expect(readdirSync(target())).toEqual(['a.txt']);
  });

  it('is refused when it unpacks to more than a plugin may have', async () => {
    const bomb = gzipSync(await tar([{ name: 'package/zeros' }], '0'.repeat(8 << 20)));
    expect(bomb.length).toBeLessThan(20_000);
    expect(await unpack(bomb, { bytes: 1 << 20, files: 10 })).toMatch(
      /^plugin-invalid: .*unpacks to more than 1 MiB/,
    );
    expect(statSync(target('zeros')).size).toBeLessThan(2 << 20);
  });

  it('is refused when it has more files than a plugin may have', async () => {
    const many = Array.from({ length: 20 }, (_, index) => ({ name: `package/${index}` }));
    expect(await unpack(gzipSync(await tar(many)), { bytes: 1 << 20, files: 10 })).toMatch(
      /^plugin-invalid: .*more than 10 files/,
    );
  });
});

describe('an archive that is broken', () => {
  it.each<readonly [string, (bytes: Buffer) => Uint8Array]>([
    ['nothing in it', () => Buffer.alloc(0)],
    ['its end missing', (bytes) => bytes.subarray(0, bytes.length - 20)],
    ['its start missing', (bytes) => bytes.subarray(20)],
    ['a flipped bit', (bytes) => bytes.with(Math.floor(bytes.length / 2), bytes[bytes.length >> 1]! ^ 1)],
    ['no compression', () => Buffer.from('a page that says: not found')],
  ])('is refused with %s', async (_, damage) => {
    const text = Array.from({ length: 5_000 }, (_zero, index) => String(index)).join(' ');
    const sound = gzipSync(await tar([{ name: 'package/a.txt' }], text));
    expect(await unpack(damage(sound))).toMatch(/^plugin-invalid: The package cannot be used: its archive/);
  });

  it('is refused when its compression is sound and it is cut off', async () => {
    const sound = await tar([{ name: 'package/a.txt' }], 'x'.repeat(5_000));
    expect(await unpack(gzipSync(sound.subarray(0, 2_000)))).toMatch(/its archive is broken/);
  });

  it('writes nothing elsewhere, whatever the bytes are', async () => {
    const sound = await tar([{ name: 'package/a.txt' }, { name: 'package/b/c.txt' }]);
    const change = fc.tuple(fc.nat(sound.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 20 }), async (changes) => {
        const bytes = Buffer.from(sound);
        for (const [at, value] of changes) bytes[at] = value;
        expect(await unpack(gzipSync(bytes))).toMatch(/^(unpacked$|plugin-invalid: )/);
        expect(readdirSync(dir).sort()).toEqual(['package.tgz', 'target']);
        rmSync(target(), { recursive: true, force: true });
        mkdirSync(target());
      }),
      { numRuns: 100 },
    );
  });
});
