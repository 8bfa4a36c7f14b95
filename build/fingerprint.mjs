// Plain JavaScript: it runs before every command, on whatever Node the person has.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** What the output is made from. Tests beside the code are left out: editing one must not cost a build. */
const SOURCES = [
  'main',
  'preload',
  'renderer',
  'shared',
  'build/electron.vite.config.ts',
  'build/renderer.vite.config.ts',
  'package-lock.json',
];
const SKIPPED = /\.test\.tsx?$/;

/** The file in `out/` that says which sources it was made from. */
export const STAMP = '.fingerprint';

/** Path, time and size of every source file: a few hundred `stat` calls, some milliseconds. */
export function fingerprintSources(root) {
  const hash = createHash('sha256');
  const visit = (file) => {
    const stat = statSync(path.join(root, file), { throwIfNoEntry: false });
    if (stat === undefined) return;
    if (stat.isDirectory()) {
      for (const name of readdirSync(path.join(root, file)).sort()) visit(`${file}/${name}`);
    } else if (!SKIPPED.test(file)) {
      hash.update(`${file}\0${stat.mtimeMs}\0${stat.size}\n`);
    }
  };
  for (const source of SOURCES) visit(source);
  return hash.digest('hex');
}

/** Whether `out/` was made from the sources as they are. */
export function isBuilt(root) {
  let stamp;
  try {
    stamp = readFileSync(path.join(root, 'out', STAMP), 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
  return stamp === fingerprintSources(root);
}
