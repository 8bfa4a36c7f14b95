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

async function collect(
  at: Folders,
  referenced: readonly string[],
  dryRun = false,
  storedBefore = Date.now(),
) {
  const options = { referenced: new Set(referenced), storedBefore, dryRun };
  let found = { count: 0, sizeBytes: 0 };
  for await (const { count, sizeBytes } of collectBlobs(at.blobs, at.dataDir, options)) {
    found = { count, sizeBytes };
  }
  return found;
}

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

it('leaves content that was stored since an attempt began that is still going on', async () => {
  using at = tempFolders();
  const { sha256 } = await at.blobs.putBytes(Buffer.from('first of many files'));
  age(at, sha256, 2 * HOUR);
  expect(await collect(at, [], false, Date.now() - 3 * HOUR)).toEqual({ count: 0, sizeBytes: 0 });
  expect(await collect(at, [])).toMatchObject({ count: 1 });
});

it('leaves content that someone uses again', async () => {
  using at = tempFolders();
  const [copied, claimed] = await Promise.all(
    ['copied', 'claimed'].map((text) => at.blobs.putBytes(Buffer.from(text))),
  );
  for (const { sha256 } of [copied!, claimed!]) age(at, sha256, 2 * HOUR);
  const file = path.join(at.workspace, 'copy');
  await at.blobs.copyTo(copied!.sha256, file, PLAIN_MODE, new AbortController().signal);
  expect(at.blobs.claimSync(claimed!.sha256)).toBe(true);
  expect(at.blobs.claimSync('f'.repeat(64))).toBe(false);
  expect(await collect(at, [])).toEqual({ count: 0, sizeBytes: 0 });
});

it('puts back what a collection that died had taken away', async () => {
  using at = tempFolders();
  const { sha256 } = await at.blobs.putBytes(Buffer.from('taken away'));
  const { root, incoming } = blobFolders(at.dataDir);
  fs.mkdirSync(incoming, { recursive: true });
  fs.renameSync(
    path.join(root, sha256.slice(0, 2), sha256.slice(2)),
    path.join(incoming, `collected-${sha256}`),
  );
  await collect(at, [sha256]);
  expect(at.blobs.hasSync(sha256)).toBe(true);
});

it('stores a large old file as new content', async () => {
  using at = tempFolders();
  const file = path.join(at.workspace, 'large');
  fs.writeFileSync(file, Buffer.alloc(2 << 20, 7));
  fs.utimesSync(file, 1, 1);
  await at.blobs.putFile(file, new AbortController().signal);
  expect(await collect(at, [])).toEqual({ count: 0, sizeBytes: 0 });
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
