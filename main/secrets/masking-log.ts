import type { LogSink, LogStream } from '#main/engine/ports.ts';
import type { Masker, SecretPatterns } from './masker.ts';

/**
 * A log that never gets a secret. Each stream is masked for itself; up to 255 bytes that may be the beginning of a
 * secret wait for the next chunk or for `close`. A chunk of `system` is a message of its own and waits for nothing.
 */
export function maskLog(log: LogSink, patterns: SecretPatterns): LogSink {
  const maskers: Readonly<Record<LogStream, Masker>> = {
    stdout: patterns.masker(),
    stderr: patterns.masker(),
    system: patterns.masker(),
  };
  let closing: Promise<void> | null = null;

  function writeParts(stream: LogStream, parts: readonly Buffer[]): Promise<void> | undefined {
    const waits = parts
      .map((part) => (part.length === 0 ? undefined : log.write(stream, part)))
      .filter((wait) => wait !== undefined);
    return waits.length < 2 ? waits[0] : Promise.all(waits).then(() => undefined);
  }

  async function finish(): Promise<void> {
    try {
      for (const stream of ['stdout', 'stderr'] as const) {
        const rest = maskers[stream].flush();
        if (rest.length > 0) await log.write(stream, rest);
      }
    } finally {
      await log.close();
    }
  }

  return {
    write(stream, chunk) {
      const masker = maskers[stream];
      if (stream === 'system')
        return writeParts(stream, [Buffer.concat([masker.mask(chunk), masker.flush()])]);
      return writeParts(stream, masker.maskParts(chunk));
    },
    close() {
      closing ??= finish();
      return closing;
    },
  };
}
