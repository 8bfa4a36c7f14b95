import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runIdOf, stageIdOf } from '#shared/lib/ids.ts';
import type { CreateAppendFile } from './append-file.ts';
import { logPathsOf, type LogPaths } from './log-path.ts';
import type { LogReader, LogReaderOptions } from './log-reader.ts';
import { createLogStore, type LogStore } from './log-store.ts';
import type { LogWriter } from './log-writer.ts';

export const RUN = runIdOf('0m2x4k9abcdefghi');
export const STAGE = stageIdOf('unit[node=22]');
export const START = Date.parse('2026-11-02T10:00:00.000Z');

/** A log store in a temporary folder with a clock that a test moves. */
export class LogFixture {
  readonly dataDir: string;
  readonly store: LogStore;
  readonly paths: LogPaths;
  now = START;

  private constructor(dataDir: string, createFile?: CreateAppendFile) {
    this.dataDir = dataDir;
    this.store = createLogStore({
      dataDir,
      clock: { now: () => this.now },
      ...(createFile && { createFile }),
    });
    this.paths = logPathsOf(dataDir, RUN, STAGE, 1);
  }

  static async create(createFile?: CreateAppendFile): Promise<LogFixture> {
    return new LogFixture(await mkdtemp(path.join(tmpdir(), 'pipewright-logs-')), createFile);
  }

  open(): LogWriter {
    return this.store.open(RUN, STAGE, 1);
  }

  read(options?: LogReaderOptions): LogReader {
    return this.store.read(RUN, STAGE, 1, options);
  }

  /** Writes a whole log of one stream. */
  async write(...chunks: readonly (string | Uint8Array)[]): Promise<void> {
    const writer = this.open();
    for (const chunk of chunks)
      await writer.write('stdout', typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
    await writer.close();
  }

  async remove(): Promise<void> {
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
