import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '#main/store/open-store.ts';
import { type CliFixture, createCliFixture } from '../cli-fixture.ts';

const PIPELINE = `
name: Shop
workspace: in-place
inputs: { version: { type: string, default: 1.0.0 } }
stages:
  publish:
    uses: publish.files
    with:
      paths: dist/*
      name: shop
      version: \${{ inputs.version }}
      channel: beta
      labels: { team: web }
`;

let fixture: CliFixture;
// Each test goes on where the one before has left the repository: a command takes a while.
beforeAll(async () => {
  fixture = createCliFixture(PIPELINE);
  fixture.write('dist/shop.tgz', 'the shop');
  for (const version of ['1.0.0', '1.1.0']) {
    const { code } = await fixture.cli('run', '--trust', '--input', `version=${version}`);
    expect(code).toBe(0);
  }
});
afterAll(() => fixture[Symbol.asyncDispose]());

describe('pipewright repository', () => {
  it('lists packages, shows versions with their files, and finds them', async () => {
    expect((await fixture.cli('repository')).stdout).toBe('shop  2 versions  beta 1.1.0\n');
    const versions = await fixture.json<{ version: string }[]>('repository', 'show', 'shop');
    expect(versions.map(({ version }) => version)).toEqual(['1.1.0', '1.0.0']);
    const shown = await fixture.json<object>('repository', 'show', 'shop@beta');
    expect(shown).toMatchObject({ version: '1.1.0', files: [{ path: 'dist/shop.tgz', sizeBytes: 8 }] });
    const found = await fixture.json<unknown[]>('repository', 'search', 'label:team=web', 'version:1.0*');
    expect(found).toMatchObject([{ version: '1.0.0' }]);
    expect((await fixture.cli('repository', 'search', 'colour:red')).code).toBe(2);
  });

  it('promotes, shows the moves, and writes the files', async () => {
    expect((await fixture.cli('repository', 'promote', 'shop@1.0.0', 'stable')).code).toBe(0);
    expect((await fixture.cli('repository', 'promote', 'shop@beta', 'stable')).stderr).toContain(
      '(before: 1.0.0)',
    );
    const channels = await fixture.json<object[]>('repository', 'channels', 'shop');
    expect(channels).toMatchObject([
      { channel: 'beta', version: '1.1.0' },
      { channel: 'stable', version: '1.1.0', moves: [{ from: '1.0.0' }, { from: null }] },
    ]);
    await fixture.cli('repository', 'get', 'shop@stable', '--output', 'out');
    expect(readFileSync(path.join(fixture.projectDir, 'out/dist/shop.tgz'), 'utf8')).toBe('the shop');
  });

  it('lets only those move a channel who may', async () => {
    await fixture.cli('repository', 'access', 'shop', '--channel', 'stable', '--allow', 'Release Team');
    const refused = await fixture.cli('repository', 'promote', 'shop@1.0.0', 'stable');
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toMatch(/may not move the channel stable of shop\. Ask Release Team/);
    await fixture.cli('repository', 'access', 'shop', '--channel', 'stable', '--anybody');
    expect((await fixture.cli('repository', 'promote', 'shop@1.0.0', 'stable')).code).toBe(0);
  });

  it('removes what nothing refers to, and says why the rest stays', async () => {
    const kept = await fixture.cli('repository', 'gc', 'shop', '--keep', '1');
    expect(kept.stdout).toMatch(/stays: shop 1\.0\.0, because the channel stable points to it/);
    await fixture.cli('repository', 'promote', 'shop@1.1.0', 'stable');
    const dry = await fixture.cli('repository', 'gc', '--keep', '1', '--dry-run');
    expect(dry.stdout).toMatch(/would go: shop 1\.0\.0/);
    expect((await fixture.cli('repository', 'gc', '--keep', '1')).stdout).toMatch(/removed: shop 1\.0\.0/);
    expect((await fixture.cli('repository', 'gc')).code).toBe(2);
    expect((await fixture.cli('repository', 'show', 'shopp')).stderr).toMatch(/Did you mean.*shop/i);
  });

  it('keeps the content of versions when their runs are gone', async () => {
    const runs = await fixture.json<{ id: string }[]>('runs', 'list');
    const [{ sha256 } = { sha256: '' }] = await fixture.json<{ sha256: string }[]>(
      'repository',
      'show',
      'shop',
    );
    for (const { id } of runs) expect((await fixture.cli('runs', 'rm', id)).code).toBe(0);
    const store = openStore(fixture.dataDir);
    const going = { runs: new Set<never>(), artifacts: [], caches: new Set<number>(), resultsBefore: 0 };
    expect(store.referencedContent(going).has(sha256)).toBe(true);
    store.close();
    expect(existsSync(path.join(fixture.dataDir, 'blobs/sha256', sha256.slice(0, 2), sha256.slice(2)))).toBe(
      true,
    );
  });
});
