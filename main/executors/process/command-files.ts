import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';

const NAMES = ['output', 'env', 'path', 'summary', 'state'] as const;
const MAX_BYTES = 1024 * 1024;

/** Reads and removes the command files that a step wrote; a file past 1 MiB is cut there. */
export async function takeCommandFiles(commandPrefix: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const name of NAMES) {
    const file = `${commandPrefix}${name}`;
    // Synchronous on purpose: most steps write nothing, and a look costs less than a trip through the thread pool.
    if (!existsSync(file)) continue;
    const bytes = await readFile(file);
    files[name] = bytes.subarray(0, MAX_BYTES).toString('utf8');
    await rm(file, { force: true });
  }
  return files;
}
