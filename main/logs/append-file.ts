import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';

/** A file that only grows. */
export interface AppendFile {
  /** Writes all bytes, in order. Not to be called again before it settled. Rejects with the system's error (`ENOSPC`). */
  append(parts: readonly Uint8Array[]): Promise<void>;
  close(): Promise<void>;
}

/** Creates a file and the folders it lies in. Rejects with `EEXIST` where it exists. */
export type CreateAppendFile = (file: string) => Promise<AppendFile>;

/** The real thing. */
export const createAppendFile: CreateAppendFile = async (file) => {
  await mkdir(path.dirname(file), { recursive: true });
  const handle = await open(file, 'ax');
  return {
    // FileHandle.writev may write less than it was given; appendFile goes on until all is written.
    append: async (parts) => {
      for (const part of parts) await handle.appendFile(part);
    },
    close: () => handle.close(),
  };
};
