import { filterPieces } from './filter-pieces.ts';
import { MAX_CAPTURED_BYTES, type ToolCommand } from './kind-ports.ts';
import type { LogSink } from './ports.ts';

export interface OutputCapture {
  /** What a command writes to: it passes on what people are to read. Closing it ends the last line; the inner log stays open. */
  readonly log: LogSink;
  text(stream: 'stdout' | 'stderr'): string;
  readonly isCut: boolean;
}

/** Keeps what a command writes, besides its log. */
export function captureOutput(
  inner: LogSink,
  silent: ToolCommand['silent'],
  filter?: ToolCommand['filter'],
  filterStderr?: ToolCommand['filterStderr'],
): OutputCapture {
  const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  const sizes = { stdout: 0, stderr: 0 };
  let isCut = false;
  const decoder = new TextDecoder();
  let line = '';
  const pieces = filterStderr && filterPieces(filterStderr);

  /** Passes on whole lines, as the filter has them. */
  function filtered(chunk: Buffer): Promise<void> | undefined {
    const lines = (line + decoder.decode(chunk, { stream: true })).split('\n');
    line = lines.pop() ?? '';
    return passOn(lines);
  }

  function passOn(lines: readonly string[]): Promise<void> | undefined {
    const shown = lines.flatMap((text) => filter?.(text.replace(/\r$/, '')) ?? []);
    return shown.length === 0 ? undefined : inner.write('stdout', Buffer.from(`${shown.join('\n')}\n`));
  }

  function writeStderr(text: string): Promise<void> | undefined {
    return text === '' ? undefined : inner.write('stderr', Buffer.from(text));
  }

  function keep(stream: 'stdout' | 'stderr', chunk: Buffer): void {
    const room = MAX_CAPTURED_BYTES - sizes[stream];
    if (chunk.length > room) isCut = true;
    if (room <= 0) return;
    // A copy: who writes may use its buffer again.
    const kept = Buffer.from(chunk.subarray(0, room));
    chunks[stream].push(kept);
    sizes[stream] += kept.length;
  }

  return {
    log: {
      write(stream, chunk) {
        if (stream === 'system') return inner.write(stream, chunk);
        keep(stream, chunk);
        const isHidden = silent === 'both' || silent === stream;
        if (isHidden) return undefined;
        if (stream === 'stderr' && pieces !== undefined) return writeStderr(pieces.write(chunk));
        return filter === undefined || stream === 'stderr' ? inner.write(stream, chunk) : filtered(chunk);
      },
      async close() {
        const rest = line + decoder.decode();
        line = '';
        if (filter !== undefined && rest !== '') await passOn([rest]);
        if (pieces !== undefined) await writeStderr(pieces.end());
      },
    },
    text: (stream) => Buffer.concat(chunks[stream]).toString('utf8'),
    get isCut() {
      return isCut;
    },
  };
}
