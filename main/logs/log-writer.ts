import type { AppendFile, CreateAppendFile } from './append-file.ts';
import { BlockTracker } from './block-tracker.ts';
import { ByteQueue } from './byte-queue.ts';
import { encodeBlocks, encodeEnd, type LogStream } from './index-record.ts';
import { NEWLINE } from './log-bytes.ts';
import { LogError, writeFailure } from './log-error.ts';
import type { LogPaths } from './log-path.ts';

/** The time, epoch milliseconds. */
export interface LogClock {
  now(): number;
}

export interface LogWriterOptions {
  readonly paths: LogPaths;
  readonly clock: LogClock;
  readonly createFile: CreateAppendFile;
  /** Called after bytes reached the file, and once more when the log is closed (also after a failure). */
  readonly onChange: (state: 'grown' | 'closed') => void;
}

const FLUSH_MS = 50;
const FLUSH_BYTES = 64 * 1024;
/** Bytes waiting beyond this make `write` ask its caller to wait. */
const HIGH_WATER_BYTES = 256 * 1024;
const NEWLINE_BYTES = Buffer.of(NEWLINE);

/**
 * Writes one attempt's log. Nothing exists on disk before the first byte. The index's records are written before
 * the bytes they describe, so that a reader, or whoever comes after a crash, never meets a byte without a record.
 */
export class LogWriter {
  readonly #options: LogWriterOptions;
  readonly #queue = new ByteQueue();
  readonly #blocks = new BlockTracker();
  #files: { log: AppendFile; index: AppendFile } | null = null;
  #draining: Promise<void> | null = null;
  #closing: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #room: Room | null = null;
  #error: LogError | null = null;

  constructor(options: LogWriterOptions) {
    this.#options = options;
  }

  get sizeBytes(): number {
    return this.#blocks.sizeBytes;
  }

  /** Lines begun so far; one without its newline counts. */
  get lineCount(): number {
    return this.#blocks.lineCount;
  }

  /** Why nothing is written any more; what came after the failure is dropped. */
  get error(): LogError | null {
    return this.#error;
  }

  /**
   * Takes the bytes; the chunk may be reused at once. They reach the file within about 50 ms. `stdout` and `stderr`
   * are kept exactly; `system` is for Pipewright's own lines, which always stand on lines of their own.
   * @returns a promise only when the caller should wait before it writes more; it rejects with a `LogError` when the
   *   disk refused (so does every later write, and `close`). A caller that ignores it loses nothing but the back pressure.
   */
  write(stream: LogStream, chunk: Uint8Array): Promise<void> | undefined {
    if (this.#closing !== null) return refused(new LogError('closed', 'The log is closed already.'));
    if (this.#error !== null) return refused(this.#error);
    if (chunk.length === 0) return undefined;
    const at = this.#options.clock.now();
    if (stream === 'system' && this.#blocks.midLine) this.#add(stream, NEWLINE_BYTES, at);
    this.#add(stream, chunk, at);
    if (stream === 'system' && this.#blocks.midLine) this.#add(stream, NEWLINE_BYTES, at);

    if (this.#queue.sizeBytes >= FLUSH_BYTES) this.#drain();
    else if (this.#draining === null) this.#timer ??= setTimeout(() => this.#drain(), FLUSH_MS);
    if (this.#queue.sizeBytes < HIGH_WATER_BYTES) return undefined;
    this.#room ??= createRoom();
    return this.#room.promise;
  }

  /** Waits until everything written so far is in the file. Rejects with a `LogError` when it cannot be. */
  async flush(): Promise<void> {
    this.#drain();
    await this.#draining;
    if (this.#error !== null) throw this.#error;
  }

  /** Writes what is left and marks the log as complete. May be called again. Rejects when a byte could not be written. */
  close(): Promise<void> {
    this.#closing ??= this.#finish();
    return this.#closing;
  }

  #add(stream: LogStream, bytes: Uint8Array, at: number): void {
    this.#blocks.add(stream, bytes, at);
    this.#queue.push(bytes);
  }

  #drain(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#queue.sizeBytes === 0 || this.#error !== null) return;
    this.#draining ??= this.#writeQueue();
  }

  async #writeQueue(): Promise<void> {
    try {
      this.#files ??= await this.#createFiles();
      while (this.#queue.sizeBytes > 0) {
        const records = encodeBlocks(this.#blocks.take());
        const parts = this.#queue.take();
        this.#room?.resolve();
        this.#room = null;
        await this.#files.index.append([records]);
        await this.#files.log.append(parts);
        this.#queue.recycle(parts);
        this.#options.onChange('grown');
      }
    } catch (error) {
      this.#error = writeFailure(error);
      this.#queue.take();
      this.#room?.reject(this.#error);
      this.#room = null;
    } finally {
      this.#draining = null;
    }
  }

  async #createFiles(): Promise<{ log: AppendFile; index: AppendFile }> {
    const { paths, createFile } = this.#options;
    const log = await createFile(paths.log);
    try {
      return { log, index: await createFile(paths.index) };
    } catch (error) {
      await log.close();
      throw error;
    }
  }

  async #finish(): Promise<void> {
    try {
      await this.flush();
      const { sizeBytes, lineCount } = this;
      await this.#files?.index.append([encodeEnd({ sizeBytes, lineCount })]);
    } catch (error) {
      this.#error ??= writeFailure(error);
    }
    for (const closed of await Promise.allSettled([this.#files?.log.close(), this.#files?.index.close()])) {
      if (closed.status === 'rejected') this.#error ??= writeFailure(closed.reason);
    }
    this.#options.onChange('closed');
    if (this.#error !== null) throw this.#error;
  }
}

/** What callers wait for when too much is on its way to the disk. */
interface Room {
  readonly promise: Promise<void>;
  resolve(): void;
  reject(error: LogError): void;
}

function createRoom(): Room {
  let room: Omit<Room, 'promise'> | null = null;
  const promise = new Promise<void>((resolve, reject) => (room = { resolve, reject }));
  promise.catch(ignored);
  return { promise, ...room! };
}

const ignored = (): void => undefined;

/** A rejection that does not end the process when a caller ignores it: `close` tells it again. */
function refused(error: LogError): Promise<void> {
  const promise: Promise<void> = Promise.reject(error);
  promise.catch(ignored);
  return promise;
}
