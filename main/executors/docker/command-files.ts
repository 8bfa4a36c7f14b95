import { open, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { constants } from 'node:fs';

export const COMMAND_FILES = ['output', 'env', 'path', 'summary', 'state'] as const;
/** A command file past this is cut there. */
export const MAX_COMMAND_FILE_BYTES = 1024 * 1024;

/** The folder in which Pipewright and the steps of a container leave files for each other. */
export interface CommandFolder {
  /** As the container sees it, without a slash at its end. */
  readonly seen: string;
  /** Puts a file there that only the user of the steps may read. */
  write(name: string, content: string): Promise<void>;
  /** '' when it is not there. */
  read(name: string): Promise<string>;
  remove(name: string): Promise<void>;
  /** Reads and removes the command files that a step wrote. */
  take(): Promise<Record<string, string>>;
}

/**
 * A folder of this machine that the container has mounted.
 * @param isForeignUser someone else than the user of Pipewright runs the steps
 */
export function mountedCommandFolder(dir: string, seen: string, isForeignUser: boolean): CommandFolder {
  return {
    seen,
    write: (name, content) =>
      writeFile(path.join(dir, name), content, { mode: isForeignUser ? 0o644 : 0o600 }),
    read: (name) => readFile(path.join(dir, name), 'utf8').catch(() => ''),
    remove: (name) => rm(path.join(dir, name), { force: true }),
    take: () => takeCommandFiles(dir),
  };
}

/**
 * Reads and removes the command files that a step wrote; a file past 1 MiB is cut there. A link is not followed: in the
 * container it means another file than here.
 */
async function takeCommandFiles(dir: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const name of COMMAND_FILES) {
    const file = path.join(dir, name);
    const text = await readStart(file);
    if (text === null) continue;
    files[name] = text;
    await rm(file, { force: true });
  }
  return files;
}

/** Windows has only the first. */
const FLAGS = (
  [constants.O_RDONLY, constants.O_NOFOLLOW, constants.O_NONBLOCK] as readonly (number | undefined)[]
).reduce<number>((flags, flag) => flags | (flag ?? 0), 0);

async function readStart(file: string): Promise<string | null> {
  try {
    // Not blocking: a pipe of that name would be waited at for ever.
    await using handle = await open(file, FLAGS);
    if (!(await handle.stat()).isFile()) return null;
    const buffer = Buffer.alloc(MAX_COMMAND_FILE_BYTES);
    const { bytesRead } = await handle.read(buffer, 0, MAX_COMMAND_FILE_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ELOOP') return null;
    throw error;
  }
}
