import type { LogSinks } from '#main/engine/ports.ts';
import type { LogStore } from '#main/logs/log-store.ts';

/** The engine's port over the log store. */
export function createLogSinks(logs: Pick<LogStore, 'open'>): LogSinks {
  return {
    open(runId, stage, attempt) {
      const writer = logs.open(runId, stage, attempt);
      return {
        write: (stream, chunk) => writer.write(stream, chunk) ?? undefined,
        close: () => writer.close(),
      };
    },
  };
}
