import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { type Folders, tempFolders } from './artifacts-fixture.ts';
import { blobFolders } from './blobs.ts';
import { collectBlobs } from './collect-blobs.ts';
import { PLAIN_MODE, storeManifest } from './manifest.ts';

const HOUR = 3_600_000;

function age(at: Folders, sha256: string, ms: number): void {
  const file = path.join(blobFolders(at.dataDir).root, sha256.slice(0, 2), sha256.slice(2));
  const seconds = (Date.now() - ms) / 1_000;
  fs.utimesSync(file, seconds, seconds);
}

const collect = (at: Folders, referenced: readonly string[], dryRun = false) =>
  collectBlobs(at.blobs, at.dataDir, new Set(referenced), Date.now(), dryRun);

it('removes old content that neither a reference nor a referenced list of files names', async () => {
  using at = tempFolders();
  const put = (text: string) => at.blobs.putBytes(Buffer.from(text));
  const [file, cache, loose, young] = await Promise.all(['file', 'cache', 'loose', 'young'].map(put));
  const { sha256: artifact } = await storeManifest(at.blobs, 'p', [
    { path: 'f', ...file!, mode: PLAIN_MODE },
  ]);
  const { sha256: looseList } = await storeManifest(at.blobs, 'p', [
    { path: 'g', ...loose!, mode: PLAIN_MODE },
  ]);
  const broken = await put('{"files":[ is no list');
  const old = [file!.sha256, cache!.sha256, loose!.sha256, artifact, looseList, broken.sha256];
  for (const sha256 of old) age(at, sha256, 2 * HOUR);
  age(at, young!.sha256, HOUR / 2);
  fs.writeFileSync(path.join(blobFolders(at.dataDir).incoming, 'half-written'), 'x');

  const referenced = [artifact, cache!.sha256, broken.sha256, 'f'.repeat(64)];
  expect(await collect(at, referenced, true)).toMatchObject({ count: 2 });
  expect(at.blobs.hasSync(loose!.sha256)).toBe(true);
  expect(await collect(at, referenced)).toMatchObject({ count: 2 });
  const left = [...old, young!.sha256].filter((sha256) => at.blobs.hasSync(sha256));
  expect(left).toEqual([file!.sha256, cache!.sha256, artifact, broken.sha256, young!.sha256]);
  expect(fs.readdirSync(blobFolders(at.dataDir).incoming)).toEqual(['half-written']);
  expect(await collect(at, referenced)).toEqual({ count: 0, sizeBytes: 0 });
});

it('leaves content that is stored again while it is old', async () => {
  using at = tempFolders();
  const bytes = Buffer.from('again');
  const { sha256 } = await at.blobs.putBytes(bytes);
  age(at, sha256, 2 * HOUR);
  await at.blobs.putBytes(bytes);
  expect(await collect(at, [])).toEqual({ count: 0, sizeBytes: 0 });
  age(at, sha256, 2 * HOUR);
  expect(await collect(at, [])).toEqual({ count: 1, sizeBytes: 5 });
  await at.blobs.putBytes(bytes);
  expect((await at.blobs.read(sha256)).bytes).toEqual(bytes);
});

it('never loses content that others store at the same time', { timeout: 30_000 }, async () => {
  using at = tempFolders();
  const texts = Array.from({ length: 40 }, (_, index) => Buffer.from(`content ${index}`));
  for (let round = 0; round < 10; round += 1) {
    for (const bytes of texts) age(at, (await at.blobs.putBytes(bytes)).sha256, 2 * HOUR);
    const [stored] = await Promise.all([
      Promise.all(texts.map((bytes) => at.blobs.putBytes(bytes))),
      collect(at, []),
    ]);
    expect(stored.filter(({ sha256 }) => !at.blobs.hasSync(sha256))).toEqual([]);
  }
});

it('finds nothing in a data folder without content', async () => {
  using at = tempFolders();
  expect(await collect(at, [])).toEqual({ count: 0, sizeBytes: 0 });
});
