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
      const masked = masker.mask(chunk);
      const whole = stream === 'system' ? Buffer.concat([masked, masker.flush()]) : masked;
      return whole.length === 0 ? undefined : log.write(stream, whole);
    },
    close() {
      closing ??= finish();
      return closing;
    },
  };
}
