import { existsSync, globSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKindFixture, type KindFixture } from './kind-fixture.ts';

let fixture: KindFixture;
beforeEach(async () => {
  fixture = await createKindFixture();
  fixture.write('package-lock.json', '{}');
  fixture.write('node_modules/a/index.js', 'a');
  fixture.write('node_modules/a/deep/b.js', 'b');
});
afterEach(() => fixture[Symbol.asyncDispose]());

const stage = (uses: string, settings: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  fixture.runStage({ uses, with: settings, ...more });
const wipe = (): void => rmSync(path.join(fixture.projectDir, 'node_modules'), { recursive: true });

describe('cache.save and cache.restore', () => {
  it('bring a tree back as their examples do', async () => {
    const saved = await fixture.runExample('cache.save');
    expect(saved.outcome()).toBe('succeeded');
    expect(saved.stage().outputs).toMatchObject({ saved: 'true' });
    wipe();
    const restored = await fixture.runExample('cache.restore');
    expect(restored.outcome()).toBe('succeeded');
    expect(restored.stage().outputs).toMatchObject({ hit: 'true' });
    expect(fixture.read('node_modules/a/deep/b.js')).toBe('b');
    const again = await fixture.runExample('cache.save');
    expect(again.stage().outputs).toMatchObject({ saved: 'false' });
    fixture.write('package-lock.json', '{ }');
    const other = await fixture.runExample('cache.restore');
    expect(other.stage().outputs['hit']).toBe('false');
    expect(other.stage().outputs['matched-key']).toMatch(/^npm-/);
  });

  it('work below the folder of their stage', async () => {
    fixture.write('web/dist/x.txt', 'x');
    await stage('cache.save', { key: 'web', paths: 'dist' }, { 'working-directory': 'web' });
    rmSync(path.join(fixture.projectDir, 'web/dist'), { recursive: true });
    await stage('cache.restore', { key: 'web', paths: 'dist' }, { 'working-directory': 'web' });
    expect(fixture.read('web/dist/x.txt')).toBe('x');
  });

  it('take a damaged cache for none, with a warning', async () => {
    await stage('cache.save', { key: 'k', paths: 'node_modules' });
    for (const blob of globSync(path.join(fixture.dir, 'data/blobs/**/*'), { withFileTypes: true })) {
      if (!blob.isFile()) continue;
      const file = path.join(blob.parentPath, blob.name);
      const bytes = readFileSync(file);
      bytes[Math.floor(bytes.length / 2)]! ^= 0xff;
      rmSync(file);
      writeFileSync(file, bytes);
    }
    wipe();
    const run = await stage('cache.restore', { key: 'k', paths: 'node_modules' });
    expect(run.outcome()).toBe('succeeded');
    expect(run.stage().outputs).toMatchObject({ hit: 'false', 'matched-key': '' });
    expect(run.stage().issues.map(({ severity }) => severity)).toContain('warning');
    expect(existsSync(path.join(fixture.projectDir, 'node_modules/a/index.js'))).toBe(false);
  });

  it('refuse paths that leave the workspace, also through a link', async () => {
    for (const paths of ['../x', '/etc', '~/x']) {
      const run = await stage('cache.save', { key: 'k', paths });
      expect(run.outcome()).toMatch(/^failed: The cache path .* leaves the workspace/);
    }
    symlinkSync(fixture.dir, path.join(fixture.projectDir, 'link'));
    const linked = await stage('cache.save', { key: 'k', paths: 'link/data' });
    expect(linked.outcome()).toMatch(/^failed: The cache path .* leaves the workspace/);
  });

  it('fail without a cache only where one is required', async () => {
    const settings = { key: 'none', paths: 'node_modules' };
    expect((await stage('cache.restore', settings)).outcome()).toBe('succeeded');
    const run = await stage('cache.restore', { ...settings, required: true });
    expect(run.outcome()).toBe('failed: There is no cache for the key none.');
  });
});
