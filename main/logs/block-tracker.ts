import { BLOCK_BYTES, type LogBlock, type LogStream } from './index-record.ts';
import { countNewlines, NEWLINE } from './log-bytes.ts';

/** Bytes that came within this time share a block, and so a time: the resolution of a line's time. */
const BLOCK_MS = 10;

type OpenBlock = Omit<LogBlock, 'lengthBytes'> & { lengthBytes: number };

/** Follows the bytes of a growing log and cuts them into blocks; its cost per line is a newline counted. */
export class BlockTracker {
  #sizeBytes = 0;
  #newlines = 0;
  #midLine = false;
  #closed: LogBlock[] = [];
  #open: OpenBlock | null = null;

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Lines begun so far; one without its newline counts. */
  get lineCount(): number {
    return this.#newlines + (this.#midLine ? 1 : 0);
  }

  /** The last byte was no newline. */
  get midLine(): boolean {
    return this.#midLine;
  }

  add(stream: LogStream, bytes: Uint8Array, at: number): void {
    let from = 0;
    while (from < bytes.length) {
      const block = this.#blockFor(stream, at);
      const to = from + Math.min(bytes.length - from, BLOCK_BYTES - block.lengthBytes);
      block.lengthBytes += to - from;
      this.#sizeBytes += to - from;
      this.#newlines += countNewlines(bytes, from, to);
      this.#midLine = bytes[to - 1] !== NEWLINE;
      from = to;
    }
  }

  /** The blocks since the last call; what comes next begins a new one. */
  take(): LogBlock[] {
    const blocks = this.#closed;
    if (this.#open !== null) blocks.push(this.#open);
    this.#closed = [];
    this.#open = null;
    return blocks;
  }

  #blockFor(stream: LogStream, at: number): OpenBlock {
    const open = this.#open;
    if (open !== null) {
      const fits =
        open.stream === stream && open.lengthBytes < BLOCK_BYTES && Math.abs(at - open.at) < BLOCK_MS;
      if (fits) return open;
      this.#closed.push(open);
    }
    return (this.#open = {
      offsetBytes: this.#sizeBytes,
      lengthBytes: 0,
      firstLine: this.#newlines + 1,
      startsMidLine: this.#midLine,
      stream,
      at,
    });
  }
}
