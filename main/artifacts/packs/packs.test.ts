import { hash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { type Folders, NEVER, tempFolders } from '../artifacts-fixture.ts';
import { blobFolders, createBlobs, type StoredBlob } from '../blobs.ts';
import { collectBlobs } from '../collect-blobs.ts';
import { createPackWriter } from './pack-writer.ts';

const MANY = 1_200;
const HOURS_AGO = new Date(Date.now() - 3 * 3_600_000);

const contentOf = (name: string, at: number): Buffer => Buffer.from(`${name} ${at} `.repeat(at % 40));

/** No two of them are equal, but for the empty ones. */
async function storeFiles(at: Folders, name: string, count = MANY): Promise<StoredBlob[]> {
  const folder = path.join(at.workspace, name);
  fs.mkdirSync(folder, { recursive: true });
  const batch = at.blobs.startBatch();
  const stored: StoredBlob[] = [];
  for (let file = 0; file < count; file += 1) {
    const here = path.join(folder, String(file));
    fs.writeFileSync(here, contentOf(name, file));
    const { sha256, sizeBytes } = batch.putFile(here)!;
    stored.push({ sha256, sizeBytes });
  }
  await batch.finish();
  await batch.discard();
  return stored;
}

/** As `storeFiles`, without files. */
async function store(at: Folders, name: string, count = MANY): Promise<StoredBlob[]> {
  const { incoming, packs } = blobFolders(at.dataDir);
  const writer = createPackWriter(incoming, packs);
  const stored = Array.from({ length: count }, (_, index) => {
    const bytes = contentOf(name, index);
    writer.addBytes(bytes);
    return { sha256: hash('sha256', bytes), sizeBytes: bytes.length };
  });
  await writer.finish();
  return stored;
}

const packsOf = (at: Folders): string[] =>
  fs.existsSync(blobFolders(at.dataDir).packs)
    ? fs
        .readdirSync(blobFolders(at.dataDir).packs)
        .map((name) => path.join(blobFolders(at.dataDir).packs, name))
    : [];
const filesOf = (folder: string): string[] =>
  fs.existsSync(folder)
    ? fs
        .readdirSync(folder, { recursive: true, withFileTypes: true })
        .flatMap((entry) => (entry.isFile() ? entry.name : []))
    : [];

async function collect(at: Folders, referenced: readonly StoredBlob[], dryRun = false) {
  const options = {
    referenced: new Set(referenced.map(({ sha256 }) => sha256)),
    storedBefore: Date.now(),
    dryRun,
  };
  let freed = { count: 0, sizeBytes: 0 };
  for await (const { count, sizeBytes } of collectBlobs(at.blobs, at.dataDir, options))
    freed = { count, sizeBytes };
  return freed;
}

const age = (files: readonly string[]): void => {
  for (const file of files) fs.utimesSync(file, HOURS_AGO, HOURS_AGO);
};

it('stores small files by the thousand in one file, and gives each of them back to any process', async () => {
  using at = tempFolders();
  const stored = await storeFiles(at, 'many');
  expect(packsOf(at)).toHaveLength(1);
  expect(filesOf(blobFolders(at.dataDir).root)).toEqual([]);
  for (const blobs of [at.blobs, createBlobs(at.dataDir)]) {
    for (const [index, { sha256, sizeBytes }] of stored.entries()) {
      expect(await blobs.read(sha256, 9)).toEqual({
        bytes: contentOf('many', index).subarray(0, 9),
        sizeBytes,
      });
    }
  }
  const { sha256 } = stored[39]!;
  const copy = path.join(at.target, 'copy');
  await at.blobs.copyTo(sha256, copy, 0o644, NEVER);
  expect(fs.readFileSync(copy)).toEqual(contentOf('many', 39));
  const chunks: Buffer[] = [];
  for await (const chunk of at.blobs.readChunks(sha256, NEVER)) chunks.push(chunk);
  expect(Buffer.concat(chunks)).toEqual(contentOf('many', 39));
  expect([at.blobs.hasSync(sha256), at.blobs.claimSync(sha256)]).toEqual([true, true]);
});

it('stores what is there already only once, in a pack or not', async () => {
  using at = tempFolders();
  const few = await storeFiles(at, 'many', 500);
  expect(packsOf(at)).toHaveLength(0);
  expect(filesOf(blobFolders(at.dataDir).root)).toHaveLength(new Set(few.map(({ sha256 }) => sha256)).size);
  await storeFiles(at, 'many');
  await storeFiles(at, 'many');
  expect(packsOf(at)).toHaveLength(0);
  await storeFiles(at, 'more');
  await storeFiles(at, 'more');
  await at.blobs.putBytes(contentOf('more', 1));
  expect(packsOf(at)).toHaveLength(1);
  expect(filesOf(blobFolders(at.dataDir).incoming)).toEqual([]);
});

it('leaves nothing of a batch that was given up', async () => {
  using at = tempFolders();
  const file = path.join(at.workspace, 'file');
  const batch = at.blobs.startBatch();
  for (let part = 0; part < 20; part += 1) {
    fs.writeFileSync(file, Buffer.alloc(1 << 18, part));
    batch.putFile(file);
  }
  await batch.discard();
  await batch.discard();
  expect(filesOf(path.join(at.dataDir, 'blobs'))).toEqual([]);
});

it('leaves large files and folders to others', () => {
  using at = tempFolders();
  const file = path.join(at.workspace, 'file');
  fs.writeFileSync(file, Buffer.alloc((1 << 18) + 1));
  const batch = at.blobs.startBatch();
  expect([batch.putFile(file), batch.putFile(at.workspace)]).toEqual([null, null]);
});

it('refuses what was damaged in a pack, and has it again when it is stored again', async () => {
  using at = tempFolders();
  const stored = await store(at, 'many');
  const [pack] = packsOf(at);
  const bytes = fs.readFileSync(pack!);
  const damaged = contentOf('many', 7);
  bytes[bytes.indexOf(damaged)]! ^= 1;
  fs.writeFileSync(pack!, bytes);
  await expect(at.blobs.read(stored[7]!.sha256)).rejects.toMatchObject({ code: 'blob-corrupt' });
  await storeFiles(at, 'many');
  expect((await at.blobs.read(stored[7]!.sha256)).bytes).toEqual(damaged);
  await collect(at, stored);
  expect(packsOf(at)).toHaveLength(1);
  for (const { sha256 } of stored)
    expect((await at.blobs.read(sha256)).bytes.length).toBeGreaterThanOrEqual(0);
});

it('says that a content is gone when its pack is', async () => {
  using at = tempFolders();
  const [, one] = await store(at, 'many');
  expect(at.blobs.hasSync(one!.sha256)).toBe(true);
  for (const pack of packsOf(at)) fs.rmSync(pack);
  await expect(at.blobs.read(one!.sha256)).rejects.toMatchObject({ code: 'artifact-not-found' });
  expect(at.blobs.claimSync(one!.sha256)).toBe(false);
});

it('removes a pack that nothing refers to, unless it is young or was used', async () => {
  using at = tempFolders();
  const stored = await store(at, 'many');
  expect(await collect(at, [])).toEqual({ count: 0, sizeBytes: 0 });
  age(packsOf(at));
  expect(at.blobs.claimSync(stored[0]!.sha256)).toBe(true);
  expect(await collect(at, [])).toEqual({ count: 0, sizeBytes: 0 });
  age(packsOf(at));
  const { size } = fs.statSync(packsOf(at)[0]!);
  const unneeded = { count: new Set(stored.map(({ sha256 }) => sha256)).size, sizeBytes: size };
  expect(await collect(at, [], true)).toEqual(unneeded);
  expect(await collect(at, [])).toEqual(unneeded);
  expect(filesOf(path.join(at.dataDir, 'blobs'))).toEqual([]);
});

it('keeps a pack of which most is needed, and writes the rest of another anew', async () => {
  using at = tempFolders();
  const [most, few] = [await store(at, 'most'), await store(at, 'few', 4 * MANY)];
  const other = createBlobs(at.dataDir);
  const needed = [...most.slice(100), ...few.slice(0, MANY)];
  await other.read(needed[0]!.sha256);
  age(packsOf(at));
  expect((await collect(at, needed)).count).toBeGreaterThan(2 * MANY);
  expect(packsOf(at)).toHaveLength(2);
  for (const { sha256 } of needed) {
    expect(hash('sha256', (await other.read(sha256)).bytes)).toBe(sha256);
  }
  expect(other.hasSync(few.at(-1)!.sha256)).toBe(false);
  expect(await collect(at, needed)).toEqual({ count: 0, sizeBytes: 0 });
});

it('puts many small packs together', async () => {
  using at = tempFolders();
  const stored: StoredBlob[] = [];
  for (let pack = 0; pack < 16; pack += 1) stored.push(...(await store(at, `pack ${pack}`)));
  age(packsOf(at));
  expect(packsOf(at)).toHaveLength(16);
  expect((await collect(at, stored)).count).toBe(0);
  expect(packsOf(at)).toHaveLength(1);
  for (const { sha256 } of stored.slice(-MANY)) {
    expect(hash('sha256', (await at.blobs.read(sha256)).bytes)).toBe(sha256);
  }
});

it('removes a pack whose index was damaged', async () => {
  using at = tempFolders();
  const stored = await store(at, 'many');
  const [pack] = packsOf(at);
  fs.truncateSync(pack!, fs.statSync(pack!).size - 1);
  age([pack!]);
  await collect(createFoldersAnew(at), stored);
  expect(packsOf(at)).toEqual([]);
});

/** As a process that has not seen the packs yet. */
function createFoldersAnew(at: Folders): Folders {
  return { ...at, blobs: createBlobs(at.dataDir), [Symbol.dispose]: () => undefined };
}
