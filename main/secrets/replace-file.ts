import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';

const RENAME_TRIES = 10;
const RETRY_MS = 20;

const FOR_ITS_USER = 0o600;

/**
 * Replaces a file: whoever reads it sees the old or the new text, also after a power cut.
 * @param mode default: for its user alone
 */
export async function replaceFile(file: string, text: string, mode = FOR_ITS_USER): Promise<void> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    const handle = await fs.open(temporary, 'wx', FOR_ITS_USER);
    try {
      await handle.writeFile(text);
      // What a new file gets is narrowed by the user's mask; a file that is replaced keeps what it has.
      if (mode !== FOR_ITS_USER) await handle.chmod(mode);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } finally {
    await fs.rm(temporary, { force: true });
  }
  await syncFolder(path.dirname(file));
}

/** Windows refuses for as long as someone reads the old file. */
async function rename(from: string, to: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await fs.rename(from, to);
      return;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      const isOpen = process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(code);
      if (!isOpen || tries === RENAME_TRIES) throw error;
    }
    await wait(RETRY_MS);
  }
}

/** Makes the rename last; Windows cannot open folders and does without. */
async function syncFolder(dir: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await fs.open(dir, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
