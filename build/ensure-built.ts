// Builds `out/` when it is missing or older than the sources. `node build/ensure-built.ts --force` builds in any case.
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'electron-vite';
import { withLock } from './build-lock.ts';
import { fingerprintSources, isBuilt, STAMP } from './fingerprint.mjs';

const root = path.resolve(import.meta.dirname, '..');
const out = path.join(root, 'out');
const TEMPORARY = '.out-';

/**
 * Makes `out/` fit the sources. Safe when several processes call it at once: one builds, the others wait for it.
 * Throws an `Error` with the bundler's message; `out/` is then as it was.
 */
export async function ensureBuilt(options: { force?: boolean } = {}): Promise<void> {
  if (options.force !== true && isBuilt(root)) return;
  await withLock(path.join(root, 'node_modules/.cache/pipewright-build.lock'), async () => {
    if (options.force !== true && isBuilt(root)) return;
    process.stderr.write('Building Pipewright…\n');
    await buildAside();
  });
}

/** Builds into a folder of its own and puts it in place by renaming, so that nobody ever loads half an output. */
async function buildAside(): Promise<void> {
  await removeLeftovers();
  // Before the build: a file that is saved meanwhile makes the output old at once.
  const fingerprint = fingerprintSources(root);
  const fresh = await mkdtemp(path.join(root, TEMPORARY));
  const environment = process.env['NODE_ENV'];
  try {
    await build({
      configFile: path.join(root, 'build/electron.vite.config.ts'),
      root,
      logLevel: 'error',
      envFile: false,
      build: { outDir: fresh, emptyOutDir: true },
    });
    await writeFile(path.join(fresh, STAMP), fingerprint);
    await swap(fresh);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Pipewright could not be built: ${reason}`, { cause: error });
  } finally {
    // The bundler sets it, and what this process starts would inherit it.
    if (environment === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = environment;
  }
}

async function swap(fresh: string): Promise<void> {
  const old = `${fresh}-old`;
  if (existsSync(out)) await rename(out, old);
  await rename(fresh, out);
  await rm(old, { recursive: true, force: true });
}

/** What a build that was killed left behind; called under the lock. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(root)) {
    if (name.startsWith(TEMPORARY)) await rm(path.join(root, name), { recursive: true, force: true });
  }
}

if (import.meta.main) {
  try {
    await ensureBuilt({ force: process.argv.includes('--force') });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
