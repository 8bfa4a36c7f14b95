import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createBlobs } from '#main/artifacts/blobs.ts';
import { createCaches } from '#main/artifacts/caches.ts';
import type { Caches } from '#main/engine/ports.ts';
import { openStore } from '#main/store/open-store.ts';
import { type Figure, median, rounded } from './figure.ts';

const FOLDERS = 300;
const FILES_PER_FOLDER = 100;
const FILE_BYTES = 10_000;
const ROUNDS = 3;
const LIMIT = 1.3;
const NEVER = new AbortController().signal;

/**
 * Saves and restores a folder of 300 MB in 30,000 files, against `tar --zstd` of the same folder at the same level on the
 * same file system; rounds alternate. Without that tar there is no figure to compare with, and none is given.
 */
export async function benchCache(): Promise<Figure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pipewright-bench-'));
  const store = openStore(path.join(folder, 'data'));
  try {
    if (!hasTar(folder)) return [];
    const blobs = createBlobs(path.join(folder, 'data'));
    const caches = createCaches({ blobs, index: store.caches, maxBytes: () => Infinity });
    const workspace = path.join(folder, 'workspace');
    writeTree(path.join(workspace, 'node_modules'));
    const times: Record<'save' | 'restore' | 'tarSave' | 'tarRestore', number[]> = {
      save: [],
      restore: [],
      tarSave: [],
      tarRestore: [],
    };
    for (let round = 0; round <= ROUNDS; round += 1) {
      const archive = path.join(folder, 'tar.zst');
      const target = path.join(folder, 'target');
      const measured = {
        tarSave: await timed(() => tar('-cf', archive, '-C', workspace, 'node_modules')),
        save: await timed(() => save(caches, workspace, `round-${round}`)),
        tarRestore: await intoFolder(target, () => tar('-xf', archive, '-C', target)),
        restore: await intoFolder(target, () => restore(caches, target, `round-${round}`)),
      };
      rmSync(archive);
      for (const sha256 of store.caches.evict(0)) await blobs.remove(sha256);
      // The first round warms up.
      if (round === 0) continue;
      for (const key of ['save', 'restore', 'tarSave', 'tarRestore'] as const) times[key].push(measured[key]);
    }
    return [
      figureOf('cache.save', times.save, times.tarSave),
      figureOf('cache.restore', times.restore, times.tarRestore),
    ];
  } finally {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function figureOf(name: string, ours: readonly number[], theirs: readonly number[]): Figure {
  const [value, baseline] = [median(ours), median(theirs)];
  return {
    name,
    value: rounded(value),
    unit: 'ms',
    baseline: rounded(baseline),
    ratio: rounded(value / baseline),
    limit: LIMIT,
  };
}

async function save(caches: Caches, workspace: string, key: string): Promise<void> {
  const { saved } = await caches.save(
    'bench',
    { key, restoreKeys: [], paths: ['node_modules'] },
    workspace,
    NEVER,
  );
  if (!saved) throw new Error('The cache was not saved');
}

async function restore(caches: Caches, target: string, key: string): Promise<void> {
  const cache = { key, restoreKeys: [], paths: ['node_modules'] };
  const { hit } = await caches.restore('bench', cache, target, NEVER);
  if (hit === null) throw new Error('The cache was not restored');
}

async function intoFolder(target: string, work: () => unknown): Promise<number> {
  mkdirSync(target);
  try {
    return await timed(work);
  } finally {
    rmSync(target, { recursive: true });
  }
}

async function timed(work: () => unknown): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function tar(...args: readonly string[]): void {
  execFileSync('tar', ['--zstd', ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
}

function hasTar(folder: string): boolean {
  try {
    tar('-cf', path.join(folder, 'probe.tar.zst'), '-C', folder, 'data');
    return true;
  } catch {
    return false;
  }
}

/** Text that compresses about as source does: to a third. */
function writeTree(root: string): void {
  const words = Array.from({ length: 2_000 }, () => randomBytes(4).toString('hex').slice(0, 6));
  const picks = randomBytes(FILE_BYTES);
  for (let folder = 0; folder < FOLDERS; folder += 1) {
    const dir = path.join(root, `package-${folder}`, 'lib');
    mkdirSync(dir, { recursive: true });
    for (let file = 0; file < FILES_PER_FOLDER; file += 1) {
      crypto.getRandomValues(picks);
      const parts: string[] = [];
      for (let at = 0; at < FILE_BYTES / 7; at += 1)
        parts.push(words[picks.readUInt16LE(at * 2) % words.length]!);
      writeFileSync(path.join(dir, `file-${file}.js`), parts.join(' '));
    }
  }
}
