import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Locks, RunOwner } from '#main/engine/ports.ts';
import { createLocks } from './locks.ts';
import { openStore } from './open-store.ts';
import { OWNER, tempDir, tempStore } from './store-fixture.ts';

const NEVER = new AbortController().signal;
const DEAD: RunOwner = { hostId: 'gone', pid: 1, startedAt: 1 };
const isAlive = (owner: RunOwner): boolean => owner.hostId !== DEAD.hostId;

/** Asks for locks and tells in `granted` when it has them. */
function ask(locks: Locks, granted: string[], name: string, wants: readonly string[]): Promise<() => void> {
  return locks.acquire(wants, OWNER, name, NEVER).then((release) => {
    granted.push(name);
    return release;
  });
}

describe('locks', () => {
  it('go to who came first, for each name', async () => {
    using temp = tempStore();
    const locks = createLocks({ queue: temp.store.lockQueue, isAlive });
    const granted: string[] = [];
    const first = await ask(locks, granted, 'first', ['a']);
    const second = ask(locks, granted, 'second', ['a', 'b']);
    const third = ask(locks, granted, 'third', ['b']);
    const apart = await ask(locks, granted, 'apart', ['c']);
    expect(granted).toEqual(['first', 'apart']);
    first();
    (await second)();
    (await third)();
    apart();
    expect(granted).toEqual(['first', 'apart', 'second', 'third']);
  });

  it('are given up by a request that is aborted while it waits', async () => {
    using temp = tempStore();
    const locks = createLocks({ queue: temp.store.lockQueue, isAlive });
    const release = await locks.acquire(['a'], OWNER, 'holder', NEVER);
    const abort = new AbortController();
    const waiting = locks.acquire(['a', 'b'], OWNER, 'waiter', abort.signal);
    const behind = locks.acquire(['b'], OWNER, 'behind', NEVER);
    abort.abort(new Error('cancelled'));
    await expect(waiting).rejects.toThrow('cancelled');
    (await behind)();
    release();
    release();
    (await locks.acquire(['a', 'b'], OWNER, 'last', NEVER))();
  });

  it('of a dead owner are free, as is its place in a queue', async () => {
    using temp = tempStore();
    const queue = temp.store.lockQueue;
    queue.add(['a'], DEAD, 'dead holder');
    queue.add(['a', 'b'], DEAD, 'dead waiter');
    const locks = createLocks({ queue, isAlive });
    (await locks.acquire(['b', 'a'], OWNER, 'living', NEVER))();
  });

  it('tell those that hold and wait for a name of a later request that ends them, each once', async () => {
    using temp = tempStore();
    const [here, there] = [0, 1].map(() => createLocks({ queue: temp.store.lockQueue, isAlive }));
    const told: string[] = [];
    const askFor = (locks: Locks, holder: string, endsOthers: boolean): Promise<() => void> =>
      locks.acquire(['a'], OWNER, holder, NEVER, {
        name: 'a',
        endsOthers,
        onSuperseded: (by) => told.push(`${holder} by ${by}`),
      });
    const first = await askFor(here!, 'first', true);
    const second = askFor(here!, 'second', false);
    expect(told).toEqual([]);
    const third = askFor(here!, 'third', true);
    expect(told).toEqual(['first by third', 'second by third']);
    const fourth = askFor(there!, 'fourth', true);
    await expect
      .poll(() => told.slice(2))
      .toEqual(['first by fourth', 'second by fourth', 'third by fourth']);
    first();
    for (const release of [second, third, fourth]) (await release)();
    expect(told).toHaveLength(5);
  });

  it('are never held twice and never end in a deadlock, whatever is asked for', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 4 }), { maxLength: 12 }),
        async (requests) => {
          using temp = tempStore();
          const locks = createLocks({ queue: temp.store.lockQueue, isAlive });
          const held = new Set<string>();
          await Promise.all(
            requests.map(async (names, index) => {
              const release = await locks.acquire(names, OWNER, String(index), NEVER);
              for (const name of names) {
                expect(held.has(name)).toBe(false);
                held.add(name);
              }
              await Promise.resolve();
              for (const name of names) held.delete(name);
              release();
            }),
          );
        },
      ),
      { numRuns: 30 },
    );
  });
});

/** Takes a lock again and again; while it holds it, it writes a file that no other may find. Then it waits to be killed. */
const PROCESS = `
  import fs from 'node:fs';
  const [storeUrl, locksUrl, dataDir, rounds, file] = process.argv.slice(2);
  const { openStore } = await import(storeUrl);
  const { createLocks } = await import(locksUrl);
  const owner = { hostId: 'host', pid: process.pid, startedAt: 1 };
  const isAlive = ({ pid }) => {
    try { process.kill(pid, 0); return true; } catch { return false; }
  };
  const store = openStore(dataDir);
  const locks = createLocks({ queue: store.lockQueue, isAlive });
  const never = new AbortController().signal;
  for (let round = 0; round < Number(rounds); round += 1) {
    const release = await locks.acquire(['deploy'], owner, 'round', never);
    fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
    await new Promise(setImmediate);
    fs.rmSync(file);
    release();
  }
  await locks.acquire(['deploy'], owner, 'to the end', never);
  process.send('holds');
  setInterval(() => undefined, 60_000);
`;

it('exclude each other over processes, and a killed process frees them', { timeout: 60_000 }, async () => {
  using temp = tempDir();
  const script = path.join(temp.dir, 'process.mjs');
  fs.writeFileSync(script, PROCESS);
  const dataDir = path.join(temp.dir, 'data');
  openStore(dataDir).close();
  const urls = ['./open-store.ts', './locks.ts'].map((file) => new URL(file, import.meta.url).href);
  const start = (): ChildProcess => fork(script, [...urls, dataDir, '10', path.join(temp.dir, 'held')]);
  const waiting = new Map([start(), start(), start()].map((child) => [child, once(child, 'message')]));
  try {
    while (waiting.size > 0) {
      const holder = await Promise.race(
        [...waiting].map(async ([child, held]) => {
          await held;
          return child;
        }),
      );
      waiting.delete(holder);
      const gone = once(holder, 'exit');
      holder.kill('SIGKILL');
      expect(await gone).toEqual([null, 'SIGKILL']);
    }
  } finally {
    for (const child of waiting.keys()) child.kill('SIGKILL');
  }
});
