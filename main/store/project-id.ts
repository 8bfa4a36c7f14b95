import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { type ProjectId, projectIdOf } from '#shared/lib/ids.ts';

/**
 * A folder's project id: the same for every way to write its path and for every host on this machine.
 * A folder that is gone has the id of the path as given.
 */
export function projectIdOfDir(dir: string): ProjectId {
  const digest = createHash('sha256').update(realPath(dir)).digest('hex').slice(0, 32);
  return projectIdOf(BigInt(`0x${digest}`).toString(36).padStart(25, '0'));
}

function realPath(dir: string): string {
  try {
    return fs.realpathSync.native(dir);
  } catch {
    return path.resolve(dir);
  }
}
