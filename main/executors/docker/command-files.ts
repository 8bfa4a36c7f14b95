import { open, rm } from 'node:fs/promises';
import path from 'node:path';
import { constants } from 'node:fs';

const NAMES = ['output', 'env', 'path', 'summary', 'state'] as const;
const MAX_BYTES = 1024 * 1024;

/**
 * Reads and removes the command files that a step wrote; a file past 1 MiB is cut there. A link is not followed: in the
 * container it means another file than here.
 */
export async function takeCommandFiles(dir: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const name of NAMES) {
    const file = path.join(dir, name);
    const text = await readStart(file);
    if (text === null) continue;
    files[name] = text;
    await rm(file, { force: true });
  }
  return files;
}

async function readStart(file: string): Promise<string | null> {
  try {
    // Not blocking: a pipe of that name would be waited at for ever.
    const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
    await using handle = await open(file, flags);
    if (!(await handle.stat()).isFile()) return null;
    const buffer = Buffer.alloc(MAX_BYTES);
    const { bytesRead } = await handle.read(buffer, 0, MAX_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ELOOP') return null;
    throw error;
  }
}
