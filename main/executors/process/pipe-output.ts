import type { Readable } from 'node:stream';
import type { LogSink, LogStream } from '#main/engine/ports.ts';

export interface OutputPipe {
  /**
   * Resolves when all output is in the log. Someone outside of the process group may hold the pipe open for ever,
   * so after `graceMs` of silence it is closed on our side.
   */
  ended(graceMs: number): Promise<void>;
}

/** Copies a child's output into the log as it comes, no faster than the log takes it. */
export function pipeOutput(
  source: Readable,
  stream: LogStream,
  log: LogSink,
  onError: (error: unknown) => void,
): OutputPipe {
  let lastChunkAt = 0;
  const closed = new Promise<void>((resolve) => {
    source.once('close', resolve);
  });

  source.on('data', (chunk: Buffer) => {
    lastChunkAt = performance.now();
    const written = log.write(stream, chunk);
    if (written === undefined) return;
    source.pause();
    written.then(() => source.resume(), fail);
  });
  source.on('error', onError);

  function fail(error: unknown): void {
    onError(error);
    source.destroy();
  }

  return {
    async ended(graceMs) {
      if (source.closed) return;
      const watch = setInterval(() => {
        if (performance.now() - lastChunkAt >= graceMs) source.destroy();
      }, graceMs);
      await closed;
      clearInterval(watch);
    },
  };
}
