import type { LogBlock, LogStream } from './index-record.ts';
import { CARRIAGE_RETURN, characterBorder, NEWLINE } from './log-bytes.ts';
import type { LogSnapshot } from './log-snapshot.ts';

/** One line of a log, without its line end (`\n` or `\r\n`). */
export interface LogLine {
  /** From 1. */
  readonly number: number;
  /** When the line's first byte came; ISO 8601, UTC, to about 10 ms. */
  readonly at: string;
  /** Who wrote the line's first byte. */
  readonly stream: LogStream;
  /** UTF-8 with U+FFFD for what is none. Escape sequences and inner `\r` are left in. */
  readonly text: string;
  /** How many bytes of a very long line are left out at its end; 0 for a whole line. */
  readonly truncatedBytes: number;
}

const READ_BYTES = 64 * 1024;

export interface ReadLinesOptions {
  /** From 1. */
  readonly fromLine: number;
  readonly count: number;
  readonly maxLineBytes: number;
}

/** Reads up to `count` lines; fewer at the log's end. Memory: what the lines returned need. */
export async function readLines(snapshot: LogSnapshot, options: ReadLinesOptions): Promise<LogLine[]> {
  const { count, maxLineBytes } = options;
  if (count <= 0 || snapshot.blockCount === 0) return [];
  const fromLine = Math.max(1, options.fromLine);
  // The last block in which a line up to fromLine can begin; the first newline of a mid-line block begins its next line.
  const start = await snapshot.lastBlock(
    (block) => block.firstLine + (block.startsMidLine ? 1 : 0) <= fromLine,
  );
  const cursor = await BlockCursor.open(snapshot, start);

  const lines: LogLine[] = [];
  let position = cursor.block.offsetBytes;
  let number = cursor.block.firstLine;
  let lineOffset = position;
  let line = new LineBytes(maxLineBytes);
  const finishLine = async (nextOffset: number, terminated: boolean): Promise<void> => {
    if (number >= fromLine) {
      const { at, stream } = await cursor.seek(lineOffset);
      lines.push({ number, at: new Date(at).toISOString(), stream, ...line.decode(terminated) });
      line = new LineBytes(maxLineBytes);
    }
    number += 1;
    lineOffset = nextOffset;
  };

  while (lines.length < count) {
    const buffer = Buffer.allocUnsafe(READ_BYTES);
    const length = await snapshot.read(buffer, position);
    if (length === 0) {
      if (position > lineOffset) await finishLine(position, false);
      break;
    }
    let from = 0;
    while (from < length && lines.length < count) {
      const newline = buffer.subarray(0, length).indexOf(NEWLINE, from);
      const to = newline < 0 ? length : newline;
      if (number >= fromLine) line.add(buffer.subarray(from, to));
      if (newline >= 0) await finishLine(position + newline + 1, true);
      from = to + 1;
    }
    position += length;
  }
  return lines;
}

/** A line put together from the parts in which it was read. */
class LineBytes {
  readonly #maxBytes: number;
  #parts: Buffer[] = [];
  #keptBytes = 0;
  #sizeBytes = 0;
  #lastByte = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  add(part: Buffer): void {
    if (part.length === 0) return;
    this.#sizeBytes += part.length;
    this.#lastByte = part[part.length - 1]!;
    // One byte more than is shown tells whether a character ends there.
    const kept = part.subarray(0, Math.max(0, this.#maxBytes + 1 - this.#keptBytes));
    if (kept.length > 0) this.#parts.push(kept);
    this.#keptBytes += kept.length;
  }

  decode(terminated: boolean): { text: string; truncatedBytes: number } {
    const bytes = this.#parts.length === 1 ? this.#parts[0]! : Buffer.concat(this.#parts);
    const sizeBytes = this.#sizeBytes - (terminated && this.#lastByte === CARRIAGE_RETURN ? 1 : 0);
    const shown = sizeBytes <= this.#maxBytes ? sizeBytes : characterBorder(bytes, this.#maxBytes);
    return { text: bytes.toString('utf8', 0, shown), truncatedBytes: sizeBytes - shown };
  }
}

/** Walks forward over a log's blocks. */
class BlockCursor {
  readonly #snapshot: LogSnapshot;
  #blocks: readonly LogBlock[];
  #first: number;
  #at = 0;

  private constructor(snapshot: LogSnapshot, first: number, blocks: readonly LogBlock[]) {
    this.#snapshot = snapshot;
    this.#first = first;
    this.#blocks = blocks;
  }

  static async open(snapshot: LogSnapshot, number: number): Promise<BlockCursor> {
    return new BlockCursor(snapshot, number, await snapshot.blocks(number));
  }

  get block(): LogBlock {
    return this.#blocks[this.#at]!;
  }

  /** Goes on to the block that holds this byte. */
  async seek(offsetBytes: number): Promise<LogBlock> {
    for (;;) {
      if (this.#at + 1 === this.#blocks.length) {
        const more = await this.#snapshot.blocks(this.#first + this.#blocks.length);
        if (more.length === 0) return this.block;
        this.#first += this.#at;
        this.#blocks = [this.block, ...more];
        this.#at = 0;
      }
      if (this.#blocks[this.#at + 1]!.offsetBytes > offsetBytes) return this.block;
      this.#at += 1;
    }
  }
}
