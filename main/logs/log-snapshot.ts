import { open, type FileHandle } from 'node:fs/promises';
import { errnoOf } from './log-error.ts';
import { BLOCK_BYTES, decodeRecord, RECORD_BYTES, type LogBlock, type LogEnd } from './index-record.ts';
import { countNewlines, NEWLINE } from './log-bytes.ts';
import type { LogPaths } from './log-path.ts';

const PAGE_RECORDS = 128;

/** Blocks made by scanning where the index has none; kept between snapshots, for they cost a read of the log. */
export interface ScannedBlocks {
  fromBytes: number;
  /** Whole blocks only: they do not change when the log grows. */
  blocks: LogBlock[];
}

/** The index holds a damaged record in its middle; the log has to be scanned instead. */
export class DamagedIndexError extends Error {}

/** A log as it stood when it was opened: what comes later is not seen. Hold it briefly, and close it. */
export class LogSnapshot {
  readonly #log: FileHandle;
  readonly #index: FileHandle | null;
  /** Blocks that the index describes; more of them may follow in #scanned. */
  #indexed = 0;
  #scanned: LogBlock[] = [];
  #end: LogEnd | null = null;
  #sizeBytes = 0;

  private constructor(log: FileHandle, index: FileHandle | null) {
    this.#log = log;
    this.#index = index;
  }

  /**
   * @param cache filled here, and used by the next snapshot of the same log
   * @returns null when there is no log (yet)
   */
  static async open(
    paths: LogPaths,
    cache: ScannedBlocks,
    ignoreIndex: boolean,
  ): Promise<LogSnapshot | null> {
    const log = await openIfThere(paths.log);
    if (log === null) return null;
    let snapshot: LogSnapshot | null = null;
    try {
      snapshot = new LogSnapshot(log, ignoreIndex ? null : await openIfThere(paths.index));
      await snapshot.#load(cache);
      return snapshot;
    } catch (error) {
      await (snapshot ?? log).close();
      throw error;
    }
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** The writer has closed this log. */
  get ended(): boolean {
    return this.#end !== null;
  }

  get blockCount(): number {
    return this.#indexed + this.#scanned.length;
  }

  async close(): Promise<void> {
    await Promise.all([this.#log.close(), this.#index?.close()]);
  }

  /** Fills as much of `into` as the log has from `position` on. @returns the number of bytes */
  async read(into: Uint8Array, position: number): Promise<number> {
    const wanted = Math.min(into.length, this.#sizeBytes - position);
    let filled = 0;
    while (filled < wanted) {
      const { bytesRead } = await this.#log.read(into, filled, wanted - filled, position + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return filled;
  }

  /** Up to 128 blocks from the given one on; none when there are no more. */
  async blocks(from: number): Promise<readonly LogBlock[]> {
    if (from >= this.#indexed)
      return this.#scanned.slice(from - this.#indexed, from - this.#indexed + PAGE_RECORDS);
    const blocks: LogBlock[] = [];
    const bytes = await this.#records(from, Math.min(this.#indexed, from + PAGE_RECORDS));
    for (let at = 0; at < bytes.length; at += RECORD_BYTES) {
      const record = decodeRecord(bytes, at);
      if (record === null || !('block' in record)) throw new DamagedIndexError();
      blocks.push(record.block);
    }
    return blocks;
  }

  /** Lines begun; a last one without its newline counts. */
  async lineCount(): Promise<number> {
    if (this.#end?.sizeBytes === this.#sizeBytes) return this.#end.lineCount;
    const [last] = this.blockCount === 0 ? [] : await this.blocks(this.blockCount - 1);
    if (last === undefined) return 0;
    const { newlines, midLine } = await this.#linesOf(last, this.#sizeBytes);
    return newlines + (midLine ? 1 : 0);
  }

  /** The number of the last block for which `test` holds; it must hold for the first ones and then no more. */
  async lastBlock(test: (block: LogBlock) => boolean): Promise<number> {
    let low = 0;
    let high = this.blockCount;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (test(await this.#block(middle))) low = middle;
      else high = middle;
    }
    return low;
  }

  async #block(number: number): Promise<LogBlock> {
    const scanned = this.#scanned[number - this.#indexed];
    if (scanned !== undefined) return scanned;
    const record = decodeRecord(await this.#records(number, number + 1), 0);
    if (record === null || !('block' in record)) throw new DamagedIndexError();
    return record.block;
  }

  async #load(cache: ScannedBlocks): Promise<void> {
    // The log's size first: records are written before bytes, so that the index read afterwards covers them.
    this.#sizeBytes = (await this.#log.stat()).size;
    const last = await this.#loadIndex();
    const coveredBytes = last === null ? 0 : Math.min(this.#sizeBytes, last.offsetBytes + last.lengthBytes);
    if (coveredBytes < this.#sizeBytes) await this.#scan(cache, last, coveredBytes);
  }

  /** Finds what of the index can be used. @returns its last block, or null */
  async #loadIndex(): Promise<LogBlock | null> {
    if (this.#index === null) return null;
    let count = Math.floor((await this.#index.stat()).size / RECORD_BYTES);
    while (count > 0) {
      const from = Math.max(0, count - PAGE_RECORDS);
      const bytes = await this.#records(from, count);
      for (; count > from; count -= 1) {
        const record = decodeRecord(bytes, (count - 1 - from) * RECORD_BYTES);
        if (record !== null && 'end' in record && this.#end === null) {
          this.#end = record.end;
          this.#sizeBytes = (await this.#log.stat()).size;
        } else if (record !== null && 'block' in record && record.block.offsetBytes < this.#sizeBytes) {
          this.#indexed = count;
          return record.block;
        }
      }
    }
    return null;
  }

  async #scan(cache: ScannedBlocks, last: LogBlock | null, coveredBytes: number): Promise<void> {
    const blocks = cache.fromBytes === coveredBytes ? [...cache.blocks] : [];
    const known = blocks.at(-1) ?? last;
    const at = last?.at ?? Math.trunc((await this.#log.stat()).mtimeMs);
    let offsetBytes = Math.max(coveredBytes, (known?.offsetBytes ?? 0) + (known?.lengthBytes ?? 0));
    let { newlines, midLine } =
      known === null ? { newlines: 0, midLine: false } : await this.#linesOf(known, offsetBytes);
    let tail: LogBlock | null = null;
    const buffer = Buffer.allocUnsafe(BLOCK_BYTES);
    while (offsetBytes < this.#sizeBytes) {
      const lengthBytes = await this.read(buffer, offsetBytes);
      if (lengthBytes === 0) break;
      const block = {
        offsetBytes,
        lengthBytes,
        firstLine: newlines + 1,
        startsMidLine: midLine,
        at,
      } as const;
      tail = { ...block, stream: 'stdout' };
      if (lengthBytes === BLOCK_BYTES) blocks.push(tail);
      newlines += countNewlines(buffer, 0, lengthBytes);
      midLine = buffer[lengthBytes - 1] !== NEWLINE;
      offsetBytes += lengthBytes;
    }
    Object.assign(cache, { fromBytes: coveredBytes, blocks });
    this.#scanned = blocks.filter((block) => block.offsetBytes < this.#sizeBytes);
    if (tail !== null && tail.lengthBytes < BLOCK_BYTES) this.#scanned.push(tail);
  }

  /** Newlines in the log before `toBytes`, which lies in or right after `block`, and whether that is inside a line. */
  async #linesOf(block: LogBlock, toBytes: number): Promise<{ newlines: number; midLine: boolean }> {
    const buffer = Buffer.allocUnsafe(toBytes - block.offsetBytes);
    const length = await this.read(buffer, block.offsetBytes);
    const newlines = block.firstLine - 1 + countNewlines(buffer, 0, length);
    return { newlines, midLine: length > 0 ? buffer[length - 1] !== NEWLINE : block.startsMidLine };
  }

  async #records(from: number, to: number): Promise<Buffer> {
    const bytes = Buffer.allocUnsafe((to - from) * RECORD_BYTES);
    const { bytesRead } = (await this.#index?.read(bytes, 0, bytes.length, from * RECORD_BYTES)) ?? {
      bytesRead: 0,
    };
    return bytes.subarray(0, bytesRead - (bytesRead % RECORD_BYTES));
  }
}

async function openIfThere(file: string): Promise<FileHandle | null> {
  try {
    return await open(file, 'r');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}
