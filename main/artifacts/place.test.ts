import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ArtifactSummary } from '#shared/run/events.ts';
import { artifactOf, type Folders, NEVER, readFiles, tempFolders, writeFiles } from './artifacts-fixture.ts';
import { createArtifacts } from './create-artifacts.ts';
import { storeManifest } from './manifest.ts';
import { readArtifactFile, verifyArtifact } from './read-artifact.ts';

async function collect(temp: Folders, ...paths: string[]): Promise<ArtifactSummary> {
  const { artifact } = await createArtifacts(temp.blobs).collect(temp.workspace, artifactOf(...paths), NEVER);
  return artifact!;
}

const segment = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((name) => !/[/\0\\]/.test(name) && !name.startsWith('.') && Buffer.from(name).toString() === name);
const tree = fc.dictionary(
  fc.array(segment, { minLength: 1, maxLength: 3 }).map((parts) => parts.map((part) => `f${part}`).join('/')),
  fc.string({ unit: 'binary', maxLength: 50 }),
  { minKeys: 1, maxKeys: 12, noNullPrototype: true },
);

it.skipIf(process.platform === 'win32')(
  'places exactly what was collected, for any tree of files',
  async () => {
    await fc.assert(
      fc.asyncProperty(tree, async (files) => {
        using temp = tempFolders();
        const paths = Object.keys(files);
        fc.pre(!paths.some((file) => paths.some((other) => other.startsWith(`${file}/`))));
        writeFiles(temp.workspace, files);
        const artifact = await collect(temp, '**');
        await createArtifacts(temp.blobs).place(artifact, temp.target, NEVER);
        expect(readFiles(temp.target)).toEqual(readFiles(temp.workspace));
        expect(artifact.fileCount).toBe(paths.length);
        expect(await verifyArtifact(temp.blobs, artifact)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  },
);

it('replaces files of the same names and keeps what may be executed executable', async () => {
  using temp = tempFolders();
  writeFiles(temp.workspace, { 'bin/tool': 'new', 'bin/data': 'd' });
  fs.chmodSync(path.join(temp.workspace, 'bin/tool'), 0o700);
  const artifact = await collect(temp, 'bin');
  writeFiles(temp.target, { 'bin/tool': 'old', 'bin/other': 'stays' });
  await createArtifacts(temp.blobs).place(artifact, temp.target, NEVER);
  expect(readFiles(temp.target)).toEqual({ 'bin/data': 'd', 'bin/other': 'stays', 'bin/tool': 'new' });
  if (process.platform === 'win32') return;
  expect(fs.statSync(path.join(temp.target, 'bin/tool')).mode & 0o777).toBe(0o755);
  expect(fs.statSync(path.join(temp.target, 'bin/data')).mode & 0o777).toBe(0o644);
});

it.each(['../out', 'a/../../out', '/tmp/out', '', 'a\0b'])('refuses the hostile path %j', async (hostile) => {
  using temp = tempFolders();
  const blob = await temp.blobs.putBytes(Buffer.from('x'));
  const artifact = await storeManifest(temp.blobs, 'hostile', [
    { path: 'fine', ...blob, mode: 0o644 },
    { path: hostile, ...blob, mode: 0o644 },
  ]);
  const placing = createArtifacts(temp.blobs).place(artifact, temp.target, NEVER);
  await expect(placing).rejects.toMatchObject({ code: 'path-outside' });
  expect(fs.readdirSync(temp.target)).toEqual([]);
});

it('does not write through links that lead out of the folder', async () => {
  using temp = tempFolders();
  const outside = path.join(temp.dir, 'outside');
  writeFiles(outside, { file: 'untouched' });
  writeFiles(temp.workspace, { 'sub/deep/file': 'new' });
  const folder = await collect(temp, 'sub');
  fs.symlinkSync(outside, path.join(temp.target, 'sub'));
  const artifacts = createArtifacts(temp.blobs);
  await expect(artifacts.place(folder, temp.target, NEVER)).rejects.toMatchObject({ code: 'path-outside' });
  fs.unlinkSync(path.join(temp.target, 'sub'));
  fs.mkdirSync(path.join(temp.target, 'sub/deep'), { recursive: true });
  fs.symlinkSync(path.join(outside, 'file'), path.join(temp.target, 'sub/deep/file'));
  await artifacts.place(folder, temp.target, NEVER);
  expect(readFiles(outside)).toEqual({ file: 'untouched' });
  expect(readFiles(temp.target)).toEqual({ 'sub/deep/file': 'new' });
});

it('refuses damaged content and leaves no half-written file', async () => {
  using temp = tempFolders();
  writeFiles(temp.workspace, { a: 'content' });
  const artifact = await collect(temp, 'a');
  const { sha256 } = await temp.blobs.putBytes(Buffer.from('content'));
  fs.writeFileSync(path.join(temp.dataDir, 'blobs/sha256', sha256.slice(0, 2), sha256.slice(2)), 'CONTENT');
  await expect(createArtifacts(temp.blobs).place(artifact, temp.target, NEVER)).rejects.toMatchObject({
    code: 'blob-corrupt',
  });
  expect(fs.readdirSync(temp.target)).toEqual([]);
  expect(await verifyArtifact(temp.blobs, artifact)).toMatchObject([
    { path: 'a', error: { code: 'blob-corrupt' } },
  ]);
});

it('says when a folder stands where a file should be', async () => {
  using temp = tempFolders();
  writeFiles(temp.workspace, { a: 'a' });
  const artifact = await collect(temp, 'a');
  writeFiles(temp.target, { 'a/inside': 'i' });
  await expect(createArtifacts(temp.blobs).place(artifact, temp.target, NEVER)).rejects.toMatchObject({
    code: 'artifact-failed',
  });
  expect(readFiles(temp.target)).toEqual({ 'a/inside': 'i' });
});

it('reads one file of an artifact', async () => {
  using temp = tempFolders();
  writeFiles(temp.workspace, { 'd/a': '0123456789' });
  const { sha256 } = await collect(temp, 'd');
  const file = await readArtifactFile(temp.blobs, sha256, 'd/a', 3);
  expect(file).toEqual({ bytes: Buffer.from('012'), sizeBytes: 10 });
  await expect(readArtifactFile(temp.blobs, sha256, 'd/b')).rejects.toMatchObject({
    code: 'artifact-not-found',
  });
});

it('takes no other blob for a list of files', async () => {
  using temp = tempFolders();
  const { sha256 } = await temp.blobs.putBytes(Buffer.from('{"files":[{"path":"a","mode":511}]}'));
  await expect(readArtifactFile(temp.blobs, sha256, 'a')).rejects.toMatchObject({ code: 'blob-corrupt' });
});
