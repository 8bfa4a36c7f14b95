import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from '#main/store/open-store.ts';
import { runIdOf, stageIdOf } from '#shared/lib/ids.ts';
import { tempFolders, writeFiles } from './artifacts-fixture.ts';
import { createFileHasher } from './hash-files.ts';
import { createReuse } from './reuse.ts';

/** So late that every file counts as settled. */
const LATER = (): number => Date.now() + 60_000;

describe('hashFiles', () => {
  it('is equal for equal trees, and differs with a name, a byte, a hidden file or a link', () => {
    using at = tempFolders();
    const hashOf = createFileHasher(LATER);
    const files = { 'src/a.ts': 'a', 'src/.hidden': 'h', 'src/deep/b.ts': 'b', 'README.md': 'r' };
    writeFiles(at.workspace, files);
    writeFiles(at.target, files);
    const all = (folder: string): string => hashOf(folder, ['src/**']);
    const first = all(at.workspace);
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(all(at.target)).toBe(first);
    const changes: (() => void)[] = [
      () => writeFiles(at.target, { 'src/a.ts': 'A' }),
      () => writeFiles(at.target, { 'src/.hidden': 'H' }),
      () => fs.renameSync(path.join(at.target, 'src/a.ts'), path.join(at.target, 'src/A.ts')),
      () => fs.symlinkSync('../../outside', path.join(at.target, 'src/link')),
    ];
    const seen = new Set([first]);
    for (const change of changes) {
      change();
      seen.add(all(at.target));
    }
    expect(seen.size).toBe(changes.length + 1);
    writeFiles(at.workspace, { 'README.md': 'changed' });
    expect(all(at.workspace)).toBe(first);
  });

  it('sees a change of the same length that keeps the time of the file', () => {
    using at = tempFolders();
    const hashOf = createFileHasher(LATER);
    const file = path.join(at.workspace, 'a');
    fs.writeFileSync(file, 'one');
    fs.utimesSync(file, 1_000, 1_000);
    const before = hashOf(at.workspace, ['a']);
    expect(hashOf(at.workspace, ['a'])).toBe(before);
    fs.writeFileSync(file, 'two');
    fs.utimesSync(file, 1_000, 1_000);
    expect(hashOf(at.workspace, ['a'])).not.toBe(before);
  });

  it('is empty when nothing matches, ignores node_modules and .git unless named, and stays in the folder', () => {
    using at = tempFolders();
    const hashOf = createFileHasher(LATER);
    writeFiles(at.dir, { secret: 's' });
    writeFiles(at.workspace, { 'node_modules/x/index.js': 'x', '.git/HEAD': 'ref' });
    for (const globs of [['**'], ['**', '!**/x'], ['../secret'], ['nothing/**'], ['!a'], []]) {
      expect(hashOf(at.workspace, globs)).toBe('');
    }
    expect(hashOf(at.workspace, ['node_modules/**'])).not.toBe('');
    expect(hashOf(at.workspace, ['node_modules/**', '!**/index.js'])).toBe('');
  });
});

describe('a remembered result', () => {
  it('is reused while its artifacts are there, and a miss names what changed', async () => {
    using at = tempFolders();
    const store = openStore(at.dataDir);
    const reuse = createReuse({ blobs: at.blobs, index: store.fingerprints, now: Date.now });
    const stage = stageIdOf('build');
    const { sha256 } = await at.blobs.putBytes(Buffer.from('manifest'));
    const artifact = { name: 'package', sizeBytes: 1, sha256, fileCount: 1 };
    const result = { runId: runIdOf('r1'), stage, outputs: { a: '1' }, artifacts: [artifact], reports: [] };
    const find = (inputs: Record<string, string>) => reuse.find('p', 'pipewright.yml', stage, inputs);
    const inputs = { command: '1', files: '2', 'env.CI': '3' };
    expect(find(inputs)).toEqual({ result: null, changed: [] });
    reuse.remember('p', 'pipewright.yml', stage, inputs, result);
    expect(find(inputs)).toEqual({ result, changed: [] });
    expect(find({ command: '1', files: '4', tool: '5' })).toEqual({
      result: null,
      changed: ['env.CI', 'files', 'tool'],
    });
    await at.blobs.remove(sha256);
    expect(find(inputs)).toEqual({ result: null, changed: [] });
    store.close();
  });
});
