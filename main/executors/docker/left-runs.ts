import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type RunId, runIdOf } from '#shared/lib/ids.ts';

/** Runs whose containers and networks could not be removed, as their daemon was away when they ended. */
export interface LeftRuns {
  /** On disk when it settles. @throws whatever the disk does */
  add(runId: RunId): Promise<void>;
  remove(runId: RunId): Promise<void>;
  all(): Promise<readonly RunId[]>;
}

/** An empty file for each run below `left-in-docker` of the data folder, so that a start without any costs one look. */
export function createLeftRuns(dataDir: string): LeftRuns {
  const dir = path.join(dataDir, 'left-in-docker');
  return {
    async add(runId) {
      await mkdir(dir, { recursive: true, mode: 0o700 });
      await writeFile(path.join(dir, runId), '');
    },
    remove: (runId) => rm(path.join(dir, runId), { force: true }),
    async all() {
      try {
        return (await readdir(dir)).map(runIdOf);
      } catch {
        // Nothing was ever left.
        return [];
      }
    },
  };
}
