import { describe, expect, it } from 'vitest';
import { runIdOf } from '#shared/lib/ids.ts';
import { build, tempStore } from './store-fixture.ts';

const SHA = 'a'.repeat(64);
const blob = (sha256: string, sizeBytes: number) => ({ sha256, sizeBytes });

describe('the index of caches', () => {
  it('prefers the exact key, then the newest of each restore key in order', () => {
    using temp = tempStore();
    const { caches } = temp.store;
    for (const key of ['npm-linux-1', 'npm-linux-2', 'npm-old', 'npm-%'])
      caches.add('p', 'x', key, blob(SHA, 1));
    const find = (key: string, ...prefixes: string[]) => caches.find('p', 'x', key, prefixes)?.key ?? null;
    expect(find('npm-linux-1', 'npm-')).toBe('npm-linux-1');
    expect(find('npm-linux-3', 'npm-linux-', 'npm-')).toBe('npm-linux-2');
    expect(find('none', 'mac-', 'npm-o')).toBe('npm-old');
    expect(find('none', 'npm-_')).toBeNull();
    expect(find('none', '')).toBeNull();
    expect(caches.find('other project', 'x', 'npm-old', [])).toBeNull();
    expect(caches.find('p', 'other paths', 'npm-old', [])).toBeNull();
  });

  it('keeps the first content of a key', () => {
    using temp = tempStore();
    const { caches } = temp.store;
    expect(caches.add('p', 'x', 'k', blob(SHA, 1))).toBe(true);
    expect(caches.add('p', 'x', 'k', blob('b'.repeat(64), 1))).toBe(false);
    expect(caches.find('p', 'x', 'k', [])?.sha256).toBe(SHA);
  });

  it('evicts what was not used for longest and tells which content is free', () => {
    using temp = tempStore();
    const { caches } = temp.store;
    const shas = ['a', 'b', 'c'].map((letter) => letter.repeat(64));
    shas.forEach((sha256, index) => caches.add('p', 'x', `k${index}`, blob(sha256, 10)));
    caches.add('p', 'x', 'shares', blob(shas[0]!, 10));
    expect(caches.evict(40)).toEqual([]);
    expect(caches.evict(15)).toEqual([shas[1], shas[2]]);
    expect(caches.find('p', 'x', 'shares', [])?.sha256).toBe(shas[0]);
  });
});

describe('remembered results', () => {
  const result = (run: string) => ({
    runId: runIdOf(run),
    stage: build,
    outputs: {},
    artifacts: [],
    reports: [],
  });

  it('are found by equal inputs in any order, and the newest tells what to compare with', () => {
    using temp = tempStore();
    const { fingerprints } = temp.store;
    const find = (inputs: Record<string, string>) => fingerprints.find('p', 'pipewright.yml', build, inputs);
    expect(find({ command: '1' })).toEqual({ result: null, newest: null });
    fingerprints.remember('p', 'pipewright.yml', build, { command: '1', files: '2' }, result('r1'));
    fingerprints.remember('p', 'pipewright.yml', build, { command: '1', files: '3' }, result('r2'));
    expect(find({ files: '2', command: '1' }).result?.runId).toBe('r1');
    expect(find({ files: '4', command: '1' })).toEqual({
      result: null,
      newest: { command: '1', files: '3' },
    });
    fingerprints.remember('p', 'pipewright.yml', build, { command: '1', files: '2' }, result('r3'));
    expect(find({ command: '1', files: '2' }).result?.runId).toBe('r3');
  });

  it('are kept for a number of different inputs only', () => {
    using temp = tempStore();
    const { fingerprints } = temp.store;
    for (let index = 0; index < 25; index += 1) {
      fingerprints.remember('p', 'f', build, { files: String(index) }, result(`r${index}`));
    }
    expect(fingerprints.find('p', 'f', build, { files: '4' }).result).toBeNull();
    expect(fingerprints.find('p', 'f', build, { files: '5' }).result?.runId).toBe('r5');
  });
});

describe("a pipeline's state", () => {
  it('merges what is written and counts up', () => {
    using temp = tempStore();
    const { states } = temp.store;
    expect(states.read('p', 'f')).toEqual({});
    expect(states.serial('p', 'f')).toBe(0);
    states.write('p', 'f', { version: '1.0.0', __proto__: 'no' }, runIdOf('r1'));
    states.write('p', 'f', { deployed: 'yes', version: '1.1.0' }, runIdOf('r2'));
    expect(states.read('p', 'f')).toEqual({ version: '1.1.0', deployed: 'yes' });
    expect(states.serial('p', 'f')).toBe(2);
    expect(states.read('p', 'other')).toEqual({});
  });
});
