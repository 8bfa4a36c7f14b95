import { readdirSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';

const NAMES: ReadonlySet<string> = new Set(['output', 'env', 'path', 'summary']);
const MAX_BYTES = 1024 * 1024;

/** Reads and removes the command files that a step wrote; a file past 1 MiB is cut there. */
export async function takeCommandFiles(commandDir: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  // Synchronous on purpose: most steps write nothing, and one look costs less than a trip through the thread pool.
  for (const name of readdirSync(commandDir)) {
    if (!NAMES.has(name)) continue;
    const file = path.join(commandDir, name);
    const bytes = await readFile(file);
    files[name] = bytes.subarray(0, MAX_BYTES).toString('utf8');
    await rm(file, { force: true });
  }
  return files;
}
