/** Who wrote a part of a log: the stage's process, or Pipewright itself (`system`). */
export const LOG_STREAMS = ['stdout', 'stderr', 'system'] as const;
export type LogStream = (typeof LOG_STREAMS)[number];

/** A stretch of a log with one stream and one time, at most `BLOCK_BYTES` long. */
export interface LogBlock {
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  /** The number (from 1) of the line that the block's first byte belongs to. */
  readonly firstLine: number;
  /** The block's first byte continues a line that an earlier block began. */
  readonly startsMidLine: boolean;
  readonly stream: LogStream;
  /** When the block's first byte came, epoch milliseconds. */
  readonly at: number;
}

/** The record that closes a finished log's index. */
export interface LogEnd {
  readonly sizeBytes: number;
  readonly lineCount: number;
}

export const BLOCK_BYTES = 64 * 1024;
export const RECORD_BYTES = 32;

/**
 * Little-endian: kind u8, stream u8, mid-line u8, format u8, length u32, offset f64, line f64, time u48, check u16.
 * Records have one size, so that the index is searched without being read; doubles hold any file size exactly.
 */
const KIND_BLOCK = 1;
const KIND_END = 2;
const FORMAT = 0x50;
const CHECK_AT = RECORD_BYTES - 2;

function checkOf(bytes: Buffer, at: number): number {
  let sum = 0xa5;
  for (let i = at; i < at + CHECK_AT; i += 1) sum = (sum * 31 + bytes[i]!) & 0xffff;
  return sum;
}

function writeRecord(into: Buffer, at: number, kind: number, block: LogBlock): void {
  into[at] = kind;
  into[at + 1] = LOG_STREAMS.indexOf(block.stream);
  into[at + 2] = block.startsMidLine ? 1 : 0;
  into[at + 3] = FORMAT;
  into.writeUInt32LE(block.lengthBytes, at + 4);
  into.writeDoubleLE(block.offsetBytes, at + 8);
  into.writeDoubleLE(block.firstLine, at + 16);
  into.writeUIntLE(block.at, at + 24, 6);
  into.writeUInt16LE(checkOf(into, at), at + CHECK_AT);
}

/** The index records of `blocks`, one after the other. */
export function encodeBlocks(blocks: readonly LogBlock[]): Buffer {
  const bytes = Buffer.allocUnsafe(blocks.length * RECORD_BYTES);
  for (const [i, block] of blocks.entries()) writeRecord(bytes, i * RECORD_BYTES, KIND_BLOCK, block);
  return bytes;
}

export function encodeEnd({ sizeBytes, lineCount }: LogEnd): Buffer {
  const bytes = Buffer.allocUnsafe(RECORD_BYTES);
  const fields = { lengthBytes: 0, startsMidLine: false, stream: 'system', at: 0 } as const;
  writeRecord(bytes, 0, KIND_END, { ...fields, offsetBytes: sizeBytes, firstLine: lineCount });
  return bytes;
}

/** @returns null when the bytes at `at` are no whole, undamaged record */
export function decodeRecord(bytes: Buffer, at: number): { block: LogBlock } | { end: LogEnd } | null {
  if (at + RECORD_BYTES > bytes.length || bytes[at + 3] !== FORMAT) return null;
  if (bytes.readUInt16LE(at + CHECK_AT) !== checkOf(bytes, at)) return null;
  const offsetBytes = bytes.readDoubleLE(at + 8);
  const firstLine = bytes.readDoubleLE(at + 16);
  if (bytes[at] === KIND_END) return { end: { sizeBytes: offsetBytes, lineCount: firstLine } };
  const stream = LOG_STREAMS[bytes[at + 1]!];
  if (bytes[at] !== KIND_BLOCK || stream === undefined) return null;
  const lengthBytes = bytes.readUInt32LE(at + 4);
  const startsMidLine = bytes[at + 2] === 1;
  return {
    block: { offsetBytes, lengthBytes, firstLine, startsMidLine, stream, at: bytes.readUIntLE(at + 24, 6) },
  };
}
