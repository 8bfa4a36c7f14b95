import { characterBorder, NEWLINE } from './log-bytes.ts';
import type { LogSnapshot } from './log-snapshot.ts';

/** A stretch of a log in memory. Valid until the next one is asked for. */
export interface LogWindow {
  readonly bytes: Buffer;
  /** The window's own bytes end here, after a newline or inside a very long line; the rest comes again in the next one. */
  readonly endBytes: number;
  /** The window begins inside a line that did not fit into the one before. */
  readonly startsMidLine: boolean;
}

const WINDOW_BYTES = 256 * 1024;

/**
 * Reads a log from front to end in windows of whole lines; only a line longer than a window is cut, between two
 * characters, with `overlapBytes` of it repeated. Memory: two windows.
 * @param signal rejects with its reason
 */
export async function* readWindows(
  snapshot: LogSnapshot,
  overlapBytes: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<LogWindow, void, undefined> {
  const buffer = Buffer.allocUnsafe(WINDOW_BYTES + overlapBytes);
  let position = 0;
  let kept = 0;
  let startsMidLine = false;
  for (;;) {
    signal?.throwIfAborted();
    const length = kept + (await snapshot.read(buffer.subarray(kept), position));
    if (length === kept && kept === 0) return;
    position += length - kept;
    const last = position >= snapshot.sizeBytes || length < buffer.length;
    const bytes = buffer.subarray(0, length);
    const lineEnd = bytes.lastIndexOf(NEWLINE) + 1;
    let endBytes = length;
    if (!last) endBytes = lineEnd > 0 ? lineEnd : characterBorder(bytes, length - overlapBytes - 1);
    yield { bytes, endBytes, startsMidLine };
    if (last) return;
    startsMidLine = lineEnd === 0;
    kept = length - endBytes;
    buffer.copyWithin(0, endBytes, length);
  }
}
