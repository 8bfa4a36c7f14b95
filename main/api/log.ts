import type { Host } from '#main/host/create-host.ts';
import type { LogReader } from '#main/logs/log-reader.ts';
import { type RunId, stageIdOf } from '#shared/lib/ids.ts';
import { guarded, os } from './implementer.ts';

export function logProcedures(host: Host) {
  /** @throws AppError `run-not-found`; a stage without a log has an empty one */
  const open = (input: { runId: RunId; stage: string; attempt: number }): LogReader => {
    host.store.runs.get(input.runId);
    return host.readLog(input.runId, stageIdOf(input.stage), input.attempt);
  };
  return {
    info: os.log.info.handler(({ input }) => open(input).info()),
    page: os.log.page.handler(async ({ input }) => {
      const log = open(input);
      const lines = await log.page({ fromLine: input.fromLine, count: input.count });
      return { lines, info: await log.info() };
    }),
    follow: os.log.follow.handler(({ input, signal }) =>
      guarded(open(input).follow(signal ? { signal } : {})),
    ),
    search: os.log.search.handler(async ({ input, signal }) => {
      const { query, regex, caseSensitive, limit } = input;
      const { hits, total, truncated } = await open(input).search({
        query,
        regex,
        caseSensitive,
        limit,
        ...(signal ? { signal } : {}),
      });
      return { hits: [...hits], total, truncated };
    }),
    bytes: os.log.bytes.handler(async ({ input }) => {
      const bytes = await open(input).range({ fromByte: input.fromByte, maxBytes: input.maxBytes });
      return { bytes: new Blob([new Uint8Array(bytes)]) };
    }),
  };
}
