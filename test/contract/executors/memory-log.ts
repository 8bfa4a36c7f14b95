import type { LogSink, LogStream } from '#main/engine/ports.ts';

/** A log that keeps everything in memory. */
export interface MemoryLog extends LogSink {
  /** What one stream got so far, as bytes; what places say themselves is `system`. */
  bytes(stream: LogStream): Buffer;
  /** Resolves once a stream of the script has printed this; the test's own time limit ends the wait. */
  printed(text: string): Promise<void>;
}

export function createMemoryLog(): MemoryLog {
  const chunks: { readonly stream: LogStream; readonly chunk: Buffer }[] = [];
  const waiting = new Set<() => void>();
  const bytes = (stream: LogStream): Buffer =>
    Buffer.concat(chunks.filter((each) => each.stream === stream).map(({ chunk }) => chunk));
  return {
    bytes,
    printed: (text) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!bytes('stdout').includes(text) && !bytes('stderr').includes(text)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    write(stream, chunk) {
      // A copy: an executor may use its buffer again.
      chunks.push({ stream, chunk: Buffer.from(chunk) });
      for (const look of [...waiting]) look();
      return undefined;
    },
    close: () => Promise.resolve(),
  };
}
