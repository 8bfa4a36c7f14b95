import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKindFixture, type KindFixture } from './kind-fixture.ts';

let fixture: KindFixture;
beforeEach(async () => {
  fixture = await createKindFixture();
  fixture.write('built/shop.js', 'the shop');
  fixture.write('built/docs/read.md', 'read me');
  const published = await fixture.runStage({
    uses: 'publish.files',
    with: { paths: 'built/**', to: 'repository', name: 'shop', version: '1.4.0', channel: 'stable' },
  });
  expect(published.outcome()).toBe('succeeded');
});
afterEach(() => fixture[Symbol.asyncDispose]());

const fetch = (settings: Readonly<Record<string, unknown>>) =>
  fixture.runStage({ uses: 'artifact.fetch', with: { name: 'shop', ...settings } });

describe('artifact.fetch', () => {
  it('runs its example: what a channel points to comes into the workspace', async () => {
    const run = await fixture.runExample('artifact.fetch');
    expect(run.outcome()).toBe('succeeded');
    expect(run.stage().outputs).toMatchObject({ version: '1.4.0', files: '2' });
    expect(run.stage().attempts[0]?.progress).toEqual({ done: 2, total: 2, label: 'files written' });
    expect(readdirSync(path.join(fixture.projectDir, 'dist'), { recursive: true }).sort()).toContain('built');
    expect(fixture.read('dist/built/shop.js')).toBe('the shop');
  });

  it('fails for a version that is not there or is another, and for folders elsewhere', async () => {
    expect((await fetch({ version: '9.9.9' })).outcome()).toBe(
      'failed: There is no shop 9.9.9. There are: 1.4.0.',
    );
    expect((await fetch({ digest: 'a'.repeat(64) })).outcome()).toMatch(
      /^failed: shop 1\.4\.0 is not what was asked for: it is sha256:/,
    );
    expect((await fetch({ to: '../elsewhere' })).outcome()).toMatch(/^failed: `to`: /);
  });

  it('could not give what was damaged', async () => {
    const blobs = path.join(fixture.dir, 'data/blobs/sha256');
    for (const entry of readdirSync(blobs, { recursive: true, withFileTypes: true })) {
      const file = path.join(entry.parentPath, entry.name);
      if (!entry.isFile()) continue;
      rmSync(file);
      writeFileSync(file, 'damaged');
    }
    expect((await fetch({})).outcome()).toMatch(/^infra-error: /);
  });
});
