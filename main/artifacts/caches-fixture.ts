// For the tests of this folder.
import fs from 'node:fs';
import path from 'node:path';
import { openStore } from '#main/store/open-store.ts';
import type { PlannedCache } from '#shared/pipeline/plan.ts';
import { type Folders, NEVER, tempFolders } from './artifacts-fixture.ts';
import { blobFolders } from './blobs.ts';
import { createCaches } from './caches.ts';

export function cacheOf(
  key: string,
  paths: readonly string[] = ['node_modules'],
  restoreKeys: string[] = [],
): PlannedCache {
  return { key, paths, restoreKeys };
}

/** Caches over a store of their own, from `workspace` to `target`. */
export function setUp(maxBytes = 1e9) {
  const folders = tempFolders();
  let now = 0;
  const store = openStore(folders.dataDir, () => ++now);
  const caches = createCaches({ blobs: folders.blobs, index: store.caches, maxBytes: () => maxBytes });
  return {
    ...folders,
    store,
    save: (cache: PlannedCache) => caches.save('project', cache, folders.workspace, NEVER),
    restore: (cache: PlannedCache) => caches.restore('project', cache, folders.target, NEVER),
    [Symbol.dispose]() {
      store.close();
      folders[Symbol.dispose]();
    },
  };
}

/** Every entry below a folder: type, permission bits, time in seconds, content or target. */
export function treeOf(root: string, below = ''): Record<string, unknown> {
  const tree: Record<string, unknown> = {};
  for (const name of fs.readdirSync(path.join(root, below)).toSorted()) {
    const relative = path.join(below, name);
    const file = path.join(root, relative);
    const stats = fs.lstatSync(file);
    const mode = stats.mode & 0o777;
    if (stats.isSymbolicLink()) tree[relative] = { link: fs.readlinkSync(file) };
    else if (stats.isDirectory())
      Object.assign(tree, { [relative]: { folder: mode } }, treeOf(root, relative));
    else {
      const content = fs.readFileSync(file, 'latin1');
      tree[relative] = { mode, at: Math.floor(stats.mtimeMs / 1_000), content };
    }
  }
  return tree;
}

export const codes = (issues: readonly { readonly code: string }[]) => issues.map(({ code }) => code);

export function blobFiles({ dataDir }: Pick<Folders, 'dataDir'>): string[] {
  const { root } = blobFolders(dataDir);
  if (!fs.existsSync(root)) return [];
  const names = fs.readdirSync(root, { recursive: true, encoding: 'utf8' });
  return names.map((name) => path.join(root, name)).filter((file) => fs.statSync(file).isFile());
}
