import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RunId, StageId } from '#shared/lib/ids.ts';

export interface RemoteAttempt {
  readonly runId: RunId;
  readonly stage: StageId;
  readonly attempt: number;
}

/** Where an attempt works, or worked. */
export interface RemoteFolder {
  readonly host: string;
  /** Absolute, on the host. */
  readonly folder: string;
}

/** Which folder of which host attempts have, for whoever wants to look into one from another process. */
export interface AttemptFolders {
  add(attempt: RemoteAttempt, folder: RemoteFolder): Promise<void>;
  /** Null: nothing was written for it. */
  find(attempt: RemoteAttempt): Promise<RemoteFolder | null>;
}

/** A file for each attempt in the folder of its run, with which it goes. */
export function createAttemptFolders(dataDir: string): AttemptFolders {
  const dirOf = (runId: RunId): string => path.join(dataDir, 'runs', runId, 'remote');
  return {
    async add(attempt, { host, folder }) {
      await mkdir(dirOf(attempt.runId), { recursive: true, mode: 0o700 });
      await writeFile(path.join(dirOf(attempt.runId), nameOf(attempt)), JSON.stringify({ host, folder }));
    },
    async find(attempt) {
      try {
        const text = await readFile(path.join(dirOf(attempt.runId), nameOf(attempt)), 'utf8');
        return JSON.parse(text) as RemoteFolder;
      } catch {
        // It never got to a host, or its run was removed.
        return null;
      }
    },
  };
}

/** Ids of stages may be long, and differ in case alone. */
const nameOf = ({ stage, attempt }: RemoteAttempt): string =>
  `${createHash('sha256').update(stage).digest('hex').slice(0, 32)}.${attempt}`;
