import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFiles, writeFiles } from './artifacts-fixture.ts';
import { blobFolders } from './blobs.ts';
import { blobFiles, cacheOf, setUp, treeOf } from './caches-fixture.ts';
import { createCaches } from './caches.ts';

describe('a cache', () => {
  it('comes back with modes, times, links, empty and hidden folders', async () => {
    using at = setUp();
    writeFiles(at.workspace, {
      'node_modules/tool/bin.js': '#!/usr/bin/env node',
      'node_modules/.hidden/a': '',
      [`node_modules/${'deep/'.repeat(40)}file`]: 'far down',
      'node_modules/large': Buffer.alloc(3_000_001, 'ab\n'),
      'packages/own/index.js': 'own',
      'other/x': 'not cached',
    });
    const modules = path.join(at.workspace, 'node_modules');
    fs.mkdirSync(path.join(modules, 'empty'));
    fs.mkdirSync(path.join(modules, '.bin'));
    fs.symlinkSync('../tool/bin.js', path.join(modules, '.bin/tool'));
    fs.symlinkSync('../packages/own', path.join(modules, 'own'));
    fs.symlinkSync(path.join(modules, 'tool'), path.join(modules, 'absolute'));
    fs.chmodSync(path.join(modules, 'tool/bin.js'), 0o755);
    fs.chmodSync(path.join(modules, 'large'), 0o600);
    fs.chmodSync(path.join(modules, 'empty'), 0o500);
    fs.utimesSync(path.join(modules, 'tool/bin.js'), 1_000_000_000, 1_000_000_000);

    expect(await at.save(cacheOf('npm-1'))).toMatchObject({ saved: true, issues: [] });
    const { hit, issues } = await at.restore(cacheOf('npm-1'));
    expect(issues).toEqual([]);
    expect(hit).toMatchObject({ key: 'npm-1', matchedKey: 'npm-1', exact: true });
    expect(fs.readdirSync(at.target)).toEqual(['node_modules']);
    const expected = treeOf(modules);
    expected.absolute = { link: 'tool' };
    expect(treeOf(path.join(at.target, 'node_modules'))).toEqual(expected);
    fs.chmodSync(path.join(at.target, 'node_modules/empty'), 0o700);
  });

  it('comes back whatever its files are called and hold', { timeout: 60_000 }, async () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
      .map((text) =>
        text
          .replace(/[/\0\ufffd]/gu, '_')
          .slice(0, 60)
          .toWellFormed()
          .replaceAll('\ufffd', '_'),
      )
      .filter((text) => text.trim() !== '' && text !== '.' && text !== '..');
    const file = fc.tuple(
      fc.array(name, { minLength: 1, maxLength: 5 }),
      fc.uint8Array({ maxLength: 2_000 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 12 }), async (files) => {
        using at = setUp();
        for (const [parts, content] of files) {
          try {
            const place = path.join(at.workspace, 'cache', ...parts);
            fs.mkdirSync(path.dirname(place), { recursive: true });
            fs.writeFileSync(place, content);
          } catch {
            // A file and a folder want the same name, or the name is too long: the tree is as random without it.
          }
        }
        expect((await at.save(cacheOf('k', ['cache']))).issues).toEqual([]);
        expect((await at.restore(cacheOf('k', ['cache']))).issues).toEqual([]);
        expect(treeOf(at.target)).toEqual(treeOf(at.workspace));
      }),
      { numRuns: 40 },
    );
  });

  it('is found by a restore key and merged with what is there, replacing links', async () => {
    using at = setUp();
    writeFiles(at.workspace, {
      'node_modules/a/1': 'new',
      'node_modules/b/1': 'new',
      'node_modules/c': 'new',
    });
    await at.save(cacheOf('npm-linux-1'));
    writeFiles(at.target, {
      'node_modules/a/1': 'old',
      'node_modules/a/2': 'kept',
      'node_modules/c/x': 'old',
    });
    const outside = path.join(at.dir, 'outside');
    fs.mkdirSync(outside);
    fs.symlinkSync(outside, path.join(at.target, 'node_modules/b'));
    const { hit } = await at.restore(cacheOf('npm-linux-2', undefined, ['npm-mac-', 'npm-']));
    expect(hit).toMatchObject({ key: 'npm-linux-2', matchedKey: 'npm-linux-1', exact: false });
    expect(readFiles(path.join(at.target, 'node_modules'))).toEqual({
      'a/1': 'new',
      'a/2': 'kept',
      'b/1': 'new',
      c: 'new',
    });
    expect(fs.readdirSync(outside)).toEqual([]);
  });

  it('is saved once for a key, from globs and without what is excluded', async () => {
    using at = setUp();
    writeFiles(at.workspace, {
      'packages/a/dist/x.js': 'a',
      'packages/b/dist/x.js': 'b',
      'packages/b/dist/x.js.map': 'map',
      'packages/b/src/x.ts': 'source',
    });
    const cache = cacheOf('build', ['packages/*/dist', '!**/*.map']);
    expect((await at.save(cache)).saved).toBe(true);
    writeFiles(at.workspace, { 'packages/a/dist/x.js': 'changed' });
    expect(await at.save(cache)).toEqual({ saved: false, sizeBytes: 0, issues: [] });
    await at.restore(cache);
    expect(readFiles(at.target)).toEqual({ 'packages/a/dist/x.js': 'a', 'packages/b/dist/x.js': 'b' });
  });

  it('of other paths under the same key is another one', async () => {
    using at = setUp();
    writeFiles(at.workspace, { 'a/1': 'a', 'b/1': 'b' });
    await at.save(cacheOf('k', ['a', 'b']));
    expect((await at.restore(cacheOf('k', ['a']))).hit).toBeNull();
    expect((await at.restore(cacheOf('k', ['b', 'a']))).hit).not.toBeNull();
  });

  it('with nothing at its paths, or larger than all may be, is not saved', async () => {
    using at = setUp(10);
    expect(await at.save(cacheOf('k'))).toMatchObject({ saved: false, issues: [{ code: 'cache-empty' }] });
    writeFiles(at.workspace, { 'node_modules/x': 'x' });
    expect(await at.save(cacheOf('k'))).toMatchObject({
      saved: false,
      issues: [{ code: 'cache-too-large' }],
    });
    expect(blobFiles(at)).toEqual([]);
  });

  it('makes room for newer ones', async () => {
    using at = setUp(3_000);
    for (const key of ['1', '2', '3']) {
      const bytes = crypto.getRandomValues(new Uint8Array(1_000));
      writeFiles(at.workspace, { 'node_modules/x': Buffer.from(bytes) });
      await at.save(cacheOf(key));
      if (key === '2') await at.restore(cacheOf('1'));
    }
    expect((await at.restore(cacheOf('2'))).hit).toBeNull();
    expect((await at.restore(cacheOf('1'))).hit).not.toBeNull();
    expect(blobFiles(at)).toHaveLength(2);
  });
});

it('rejects with the reason when it is aborted, and leaves nothing', async () => {
  using at = setUp();
  writeFiles(at.workspace, { 'node_modules/x': Buffer.alloc(5_000_000, 1) });
  await at.save(cacheOf('k'));
  const caches = createCaches({ blobs: at.blobs, index: at.store.caches, maxBytes: () => 1e9 });
  for (const work of ['save', 'restore'] as const) {
    const abort = new AbortController();
    const cache = cacheOf(work === 'save' ? 'other' : 'k');
    const working = caches[work]('project', cache, at.workspace, abort.signal);
    abort.abort(new Error('cancelled'));
    await expect(working).rejects.toThrow('cancelled');
  }
  expect(fs.readdirSync(at.workspace)).toEqual(['node_modules']);
  expect(fs.readdirSync(blobFolders(at.dataDir).incoming)).toEqual([]);
});

it('removes what a restore left in the workspace whose host was killed long ago', async () => {
  using at = setUp();
  writeFiles(at.workspace, { 'node_modules/x': 'x' });
  await at.save(cacheOf('k'));
  const [old, young] = ['old', 'young'].map((name) => path.join(at.target, `.pipewright-restore-${name}`));
  writeFiles(old!, { 'node_modules/half': 'h' });
  writeFiles(young!, { 'node_modules/half': 'h' });
  fs.utimesSync(old!, 1_000, 1_000);
  expect((await at.restore(cacheOf('k'))).hit?.exact).toBe(true);
  expect(fs.readdirSync(at.target)).toEqual([path.basename(young!), 'node_modules']);
});

const PROCESS = `
  const [storeUrl, blobsUrl, cachesUrl, dataDir, workspace, target] = process.argv.slice(1);
  const { openStore } = await import(storeUrl);
  const { createBlobs } = await import(blobsUrl);
  const { createCaches } = await import(cachesUrl);
  const store = openStore(dataDir);
  const caches = createCaches({ blobs: createBlobs(dataDir), index: store.caches, maxBytes: () => 150_000 });
  const { signal } = new AbortController();
  let hits = 0;
  for (let round = 0; round < 12; round += 1) {
    const cache = { key: 'key-' + (round % 4), restoreKeys: ['key-'], paths: ['node_modules'] };
    await caches.save('project', cache, workspace, signal);
    const { hit } = await caches.restore('project', cache, target, signal);
    if (hit) hits += 1;
  }
  store.close();
  console.log(hits);
`;

it('serves several processes that save, restore and evict at once', { timeout: 60_000 }, async () => {
  using at = setUp();
  for (let index = 0; index < 50; index += 1) {
    const content = Buffer.from(crypto.getRandomValues(new Uint8Array(1_000)));
    writeFiles(at.workspace, { [`node_modules/${index}`]: content });
  }
  const urls = ['../store/open-store.ts', './blobs.ts', './caches.ts'].map(
    (file) => new URL(file, import.meta.url).href,
  );
  const targets = ['t1', 't2', 't3'].map((name) => path.join(at.dir, name));
  await Promise.all(
    targets.map(async (target) => {
      fs.mkdirSync(target);
      const args = [
        '--input-type=module',
        '--eval',
        PROCESS,
        '--',
        ...urls,
        at.dataDir,
        at.workspace,
        target,
      ];
      const { stdout } = await promisify(execFile)(process.execPath, args);
      expect(Number(stdout)).toBeGreaterThan(0);
      expect(treeOf(target)).toEqual(treeOf(at.workspace));
    }),
  );
});
