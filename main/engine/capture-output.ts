import { MAX_CAPTURED_BYTES, type ToolCommand } from './kind-ports.ts';
import type { LogSink } from './ports.ts';

export interface OutputCapture {
  /** What a command writes to: it passes on what people are to read. Whoever owns the inner log closes it. */
  readonly log: LogSink;
  text(stream: 'stdout' | 'stderr'): string;
  readonly isCut: boolean;
}

/** Keeps what a command writes, besides its log. */
export function captureOutput(inner: LogSink, silent: ToolCommand['silent']): OutputCapture {
  const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  const sizes = { stdout: 0, stderr: 0 };
  let isCut = false;

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
        return isHidden ? undefined : inner.write(stream, chunk);
      },
      close: () => Promise.resolve(),
    },
    text: (stream) => Buffer.concat(chunks[stream]).toString('utf8'),
    get isCut() {
      return isCut;
    },
  };
}
