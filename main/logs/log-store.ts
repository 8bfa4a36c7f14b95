import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { RunId, StageId } from '#shared/lib/ids.ts';
import { createAppendFile, type CreateAppendFile } from './append-file.ts';
import { errnoOf, LogError } from './log-error.ts';
import { decodeStageId, logPathsOf, runLogFolder } from './log-path.ts';
import { LogReader, type LogReaderOptions } from './log-reader.ts';
import { LogWriter, type LogClock } from './log-writer.ts';

export interface LogStoreOptions {
  readonly dataDir: string;
  readonly clock: LogClock;
  /** Default: the file system. */
  readonly createFile?: CreateAppendFile;
}

/** The logs of all runs in a data folder: one file per attempt of a stage, and an index beside it. */
export interface LogStore {
  /**
   * Begins an attempt's log; nothing is on disk before its first byte. Close it in every case.
   * Throws `already-open`; a log that exists on disk already is refused (`EEXIST`) when the first byte is written.
   */
  open(runId: RunId, stageId: StageId, attempt: number): LogWriter;
  /** Reads an attempt's log, also before it exists. Holds nothing open; keep it to read a log without index faster. */
  read(runId: RunId, stageId: StageId, attempt: number, options?: LogReaderOptions): LogReader;
  /** The logs that a run has on disk, in no particular order; a stage whose id had to be shortened is left out. */
  list(runId: RunId): Promise<{ stageId: StageId; attempt: number }[]>;
}

export function createLogStore({ dataDir, clock, createFile = createAppendFile }: LogStoreOptions): LogStore {
  const writers = new Map<string, LogWriter>();
  const listeners = new Map<string, Set<() => void>>();

  const subscribe = (file: string, onChange: () => void): (() => void) => {
    const own = listeners.get(file) ?? new Set();
    listeners.set(file, own.add(onChange));
    return () => {
      own.delete(onChange);
      if (own.size === 0 && listeners.get(file) === own) listeners.delete(file);
    };
  };

  return {
    open: (runId, stageId, attempt) => {
      const paths = logPathsOf(dataDir, runId, stageId, attempt);
      if (writers.has(paths.log))
        throw new LogError('already-open', `The log of stage ${stageId} is open already.`);
      const onChange = (state: 'grown' | 'closed'): void => {
        if (state === 'closed') writers.delete(paths.log);
        for (const listener of listeners.get(paths.log) ?? []) listener();
      };
      const writer = new LogWriter({ paths, clock, createFile, onChange });
      writers.set(paths.log, writer);
      return writer;
    },

    read: (runId, stageId, attempt, options = {}) => {
      const paths = logPathsOf(dataDir, runId, stageId, attempt);
      const isLive = options.isLive ?? (() => writers.has(paths.log));
      return new LogReader(paths, (onChange) => subscribe(paths.log, onChange), { ...options, isLive });
    },

    list: async (runId) => {
      const folder = runLogFolder(dataDir, runId);
      const logs: { stageId: StageId; attempt: number }[] = [];
      for (const entry of await readFolder(folder)) {
        const stageId = decodeStageId(entry);
        if (stageId === null) continue;
        for (const file of await readFolder(path.join(folder, entry))) {
          const attempt = /^(\d+)\.log$/.exec(file)?.[1];
          if (attempt !== undefined) logs.push({ stageId, attempt: Number(attempt) });
        }
      }
      return logs;
    },
  };
}

async function readFolder(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  }
}
