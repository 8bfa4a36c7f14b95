import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from '#main/store/open-store.ts';
import type { Collection } from '#shared/api/storage-schemas.ts';
import { createCliFixture, jsonLines } from './cli-fixture.ts';

interface Event {
  readonly type: string;
  readonly stage?: string;
  readonly matchedKey?: string | null;
  readonly issue?: { readonly code: string };
}

const CACHING = `
name: Caching
workspace: isolated
stages:
  install:
    run: |
      node -e "const fs = require('fs'); fs.mkdirSync('deps', { recursive: true }); fs.appendFileSync('deps/log', 'x')"
    cache: [{ key: "deps-\${{ hashFiles('lock') }}", restore-keys: [deps-], paths: [deps] }]
    artifacts: [{ name: deps, paths: [deps/log] }]
`;

describe('a cache', () => {
  it('goes from run to run: by its key, and by a restore key when the key has changed', async () => {
    await using at = createCliFixture(CACHING);
    const run = async (lock: string): Promise<string | null | undefined> => {
      at.write('lock', lock);
      const { stdout, code } = await at.cli('run', '--format', 'ndjson');
      expect(code).toBe(0);
      return jsonLines<Event>(stdout).find(({ type }) => type === 'cache-restored')?.matchedKey;
    };
    expect(await run('1')).toBeNull();
    const first = await run('1');
    expect(first).toMatch(/^deps-[0-9a-f]{64}$/);
    expect(await run('2')).toBe(first);
    const own = await run('2');
    expect(own).not.toBe(first);
    expect((await at.cli('artifacts', 'get', 'latest', 'deps', '--output', 'out')).code).toBe(0);
    const [artifact] = await at.json<{ sizeBytes: number }[]>('artifacts', 'list', 'latest');
    expect(artifact?.sizeBytes).toBe(3);
  });

  it('of a stage that failed is not saved', async () => {
    await using at = createCliFixture(CACHING.replace("'x')", "'x'); process.exit(1)"));
    at.write('lock', '1');
    expect((await at.cli('run')).code).toBe(1);
    const { stdout } = await at.cli('run', '--format', 'ndjson');
    const events = jsonLines<Event>(stdout).filter(({ type }) => type === 'cache-restored');
    expect(events.map(({ matchedKey }) => matchedKey)).toEqual([null]);
  });
});

describe('gc', () => {
  it('removes runs beyond its limits, but pinned ones, and says before what it would do', async () => {
    await using at = createCliFixture('name: Small\nstages: { a: { run: node -v } }');
    for (let run = 0; run < 4; run += 1) expect((await at.cli('run', '--quiet')).code).toBe(0);
    expect((await at.cli('runs', 'pin', '#1')).code).toBe(0);
    const collect = (...args: string[]) => at.json<Collection>('gc', '--max-runs', '1', ...args);
    const numbers = ({ runs }: Collection): number[] => runs.map(({ number }) => number);
    const left = async () =>
      (await at.json<{ number: number }[]>('runs', 'list')).map(({ number }) => number);

    expect(numbers(await collect('--dry-run'))).toEqual([3, 2]);
    expect(await left()).toEqual([4, 3, 2, 1]);
    const collection = await collect();
    expect(numbers(collection)).toEqual([3, 2]);
    expect(collection.sizeBytes).toBeGreaterThan(0);
    expect(await left()).toEqual([4, 1]);
    expect(readdirSync(path.join(at.dataDir, 'runs'))).toHaveLength(2);
    expect(numbers(await collect())).toEqual([]);

    expect((await at.cli('runs', 'unpin', '#1')).code).toBe(0);
    const store = openStore(at.dataDir);
    store.settings.set('retention', { maxRuns: 1 });
    store.close();
    const { stdout, code } = await at.cli('gc', '--max-age', '1d');
    expect({ code, lines: stdout.trim().split('\n').length }).toEqual({ code: 0, lines: 2 });
    expect(await left()).toEqual([4]);
  });

  it('refuses limits that are none', async () => {
    await using at = createCliFixture('stages: { a: { run: node -v } }');
    for (const args of [
      ['--max-age', 'soon'],
      ['--max-runs', '0'],
      ['--max-size', 'big'],
    ]) {
      expect((await at.cli('gc', ...args)).code).toBe(2);
    }
  });
});
