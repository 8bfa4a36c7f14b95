import { mkdir, open, type FileHandle } from 'node:fs/promises';
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
  return { append: (parts) => writeAll(handle, parts), close: () => handle.close() };
};

/** One call for all parts where the system takes them; it may take fewer, most of all on a disk that fills up. */
async function writeAll(handle: FileHandle, parts: readonly Uint8Array[]): Promise<void> {
  let { bytesWritten } = await handle.writev(parts);
  for (const part of parts) {
    if (bytesWritten < part.length) await handle.appendFile(part.subarray(bytesWritten));
    bytesWritten = Math.max(0, bytesWritten - part.length);
  }
}
