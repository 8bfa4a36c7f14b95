import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A lock whose holder has not yet written who it is may be this old before it counts as left behind. */
const UNSIGNED_GRACE_MS = 5_000;
const POLL_MS = 100;

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

/**
 * Runs `work` while no other process on this machine runs work under the same lock folder; waits for the other first.
 * A lock whose process is gone is taken over.
 * @param onWait called once, when there is somebody to wait for
 */
export async function withLock<T>(
  dir: string,
  work: () => Promise<T>,
  onWait: () => void = () => undefined,
): Promise<T> {
  let hasWaited = false;
  await mkdir(path.dirname(dir), { recursive: true });
  while (!(await tryLock(dir))) {
    if (await isLeftBehind(dir)) {
      await rm(dir, { recursive: true, force: true });
      continue;
    }
    if (!hasWaited) onWait();
    hasWaited = true;
    await delay(POLL_MS);
  }
  try {
    return await work();
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function tryLock(dir: string): Promise<boolean> {
  try {
    await mkdir(dir);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
  await writeFile(path.join(dir, 'pid'), String(process.pid));
  return true;
}

async function isLeftBehind(dir: string): Promise<boolean> {
  try {
    const pid = Number(await readFile(path.join(dir, 'pid'), 'utf8'));
    if (pid > 0) return !isAlive(pid);
    return Date.now() - (await stat(dir)).mtimeMs > UNSIGNED_GRACE_MS;
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
    const found = await stat(dir).catch((missing: unknown) => {
      if (hasCode(missing, 'ENOENT')) return null;
      throw missing;
    });
    return found !== null && Date.now() - found.mtimeMs > UNSIGNED_GRACE_MS;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is alive too.
    return hasCode(error, 'EPERM');
  }
}
