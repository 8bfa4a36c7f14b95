import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** Makes a folder outside of every workspace that only this user can read, and removes it when `use` has settled. */
export async function withPrivateFolder<Result>(use: (dir: string) => Promise<Result>): Promise<Result> {
  const dir = await realpath(await mkdtemp(path.join(os.tmpdir(), 'pipewright-publish-')));
  try {
    return await use(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Writes what nobody else may read. */
export async function writePrivate(dir: string, name: string, text: string): Promise<string> {
  const file = path.join(dir, name);
  await writeFile(file, text, { mode: 0o600, flag: 'wx' });
  return file;
}
