import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { NEVER, tempFolders, writeFiles } from './artifacts-fixture.ts';
import { createBlobs } from './blobs.ts';

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const blobFile = (dataDir: string, hash: string): string =>
  path.join(dataDir, 'blobs', 'sha256', hash.slice(0, 2), hash.slice(2));

it.each([
  ['empty', 0],
  ['small', 1_000],
  ['large', 3 << 20],
])('stores %s files by their hash and gives them back', async (_, sizeBytes) => {
  using temp = tempFolders();
  const bytes = randomBytes(sizeBytes);
  const file = path.join(temp.workspace, 'file');
  fs.writeFileSync(file, bytes);
  const blob = await temp.blobs.putFile(file, NEVER);
  expect(blob).toEqual({ sha256: sha256(bytes), sizeBytes });
  fs.writeFileSync(file, 'changed in place');
  expect((await temp.blobs.read(blob.sha256)).bytes.equals(bytes)).toBe(true);
  const copy = path.join(temp.target, 'copy');
  await temp.blobs.copyTo(blob.sha256, copy, 0o755, NEVER);
  expect(fs.readFileSync(copy).equals(bytes)).toBe(true);
  if (process.platform !== 'win32') expect(fs.statSync(copy).mode & 0o777).toBe(0o755);
});

it('cuts what it reads but tells the whole size', async () => {
  using temp = tempFolders();
  const { sha256: hash } = await temp.blobs.putBytes(Buffer.from('0123456789'));
  expect(await temp.blobs.read(hash, 4)).toEqual({ bytes: Buffer.from('0123'), sizeBytes: 10 });
});

it('stores equal content once, however many store it at the same time', async () => {
  using temp = tempFolders();
  writeFiles(temp.workspace, { a: randomBytes(2 << 20) });
  const stores = [temp.blobs, createBlobs(temp.dataDir)];
  const puts = Array.from({ length: 12 }, (_, index) =>
    stores[index % 2]!.putFile(path.join(temp.workspace, 'a'), NEVER),
  );
  expect(new Set((await Promise.all(puts)).map((blob) => blob.sha256)).size).toBe(1);
  const left = fs.readdirSync(path.join(temp.dataDir, 'blobs'), { recursive: true, encoding: 'utf8' });
  expect(left.filter((file) => fs.statSync(path.join(temp.dataDir, 'blobs', file)).isFile())).toHaveLength(1);
});

it.each([
  ['small', 100],
  ['large', 2 << 20],
])('refuses a %s blob that was damaged, and leaves no copy of it', async (_, sizeBytes) => {
  using temp = tempFolders();
  const { sha256: hash } = await temp.blobs.putBytes(randomBytes(sizeBytes));
  const file = blobFile(temp.dataDir, hash);
  const bytes = fs.readFileSync(file);
  bytes[sizeBytes - 1]! ^= 1;
  fs.writeFileSync(file, bytes);
  await expect(temp.blobs.read(hash)).rejects.toMatchObject({ code: 'blob-corrupt' });
  const copy = path.join(temp.target, 'copy');
  await expect(temp.blobs.copyTo(hash, copy, 0o644, NEVER)).rejects.toMatchObject({ code: 'blob-corrupt' });
  expect(fs.existsSync(copy)).toBe(false);
});

it('writes a blob again that a crash cut short', async () => {
  using temp = tempFolders();
  const { sha256: hash } = await temp.blobs.putBytes(Buffer.from('content'));
  fs.truncateSync(blobFile(temp.dataDir, hash), 0);
  await temp.blobs.putBytes(Buffer.from('content'));
  expect((await temp.blobs.read(hash)).bytes.toString()).toBe('content');
});

it('says that content is gone, and never uses a hash as a path', async () => {
  using temp = tempFolders();
  await expect(temp.blobs.read('0'.repeat(64))).rejects.toMatchObject({ code: 'artifact-not-found' });
  await expect(temp.blobs.read('../../../etc/passwd')).rejects.toMatchObject({ code: 'artifact-not-found' });
  expect(temp.blobs.hasSync('0'.repeat(64))).toBe(false);
});

it('stops when asked to, leaving nothing behind', async () => {
  using temp = tempFolders();
  writeFiles(temp.workspace, { big: randomBytes(2 << 20) });
  const controller = new AbortController();
  const put = temp.blobs.putFile(path.join(temp.workspace, 'big'), controller.signal);
  controller.abort();
  await expect(put).rejects.toThrow();
  expect(fs.readdirSync(path.join(temp.dataDir, 'blobs', 'incoming'))).toEqual([]);
});
