import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** In which ssh makes the socket of a shared connection. */
export const CONTROL_SOCKET = 's';

/** Short: a control socket's path has 104 bytes on macOS, of which ssh wants 17 for itself. */
const NAME = /^pw-(\d+)-/;

/** Makes a private folder for a connection, and removes those that a Pipewright which was killed has left. */
export async function makeControlFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), `pw-${process.pid}-`));
  await removeDead(os.tmpdir());
  return folder;
}

async function removeDead(dir: string): Promise<void> {
  for (const name of await readdir(dir)) {
    const pid = Number(NAME.exec(name)?.[1]);
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    try {
      const folder = path.join(dir, name);
      // With a socket in it, someone whose processes are not seen from here still uses it.
      if (!(await readdir(folder)).includes(CONTROL_SOCKET)) await rm(folder, { recursive: true });
    } catch {
      // It is another user's, or another Pipewright was faster.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
