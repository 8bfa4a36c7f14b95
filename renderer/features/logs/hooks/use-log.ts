import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { toFailure, type Failure } from '#renderer/bridge/app-failure.ts';
import { useBridge } from '#renderer/bridge/bridge-context.ts';
import { followLog } from '#renderer/bridge/follow-log.ts';
import type { LogInfo } from '#shared/api/schemas.ts';
import { LogPages } from '../log-pages.ts';
import type { LogRef } from '../log-ref.ts';

export interface Log {
  readonly pages: LogPages;
  /** Null until it is known. */
  readonly info: LogInfo | null;
  /** Changes whenever `pages` has something new. */
  readonly version: number;
  readonly failure: Failure | null;
  readonly retry: () => void;
}

/** A log, followed while it grows. */
export function useLog({ runId, stage, attempt }: LogRef): Log {
  const { client, connection } = useBridge();
  const [trial, setTrial] = useState(0);
  const [refusal, setRefusal] = useState<{ readonly by: LogPages; readonly failure: Failure } | null>(null);
  const pages = useMemo(
    () =>
      new LogPages((fromLine, count, signal) =>
        client.log.page({ runId, stage, attempt, fromLine, count }, { signal }),
      ),
    [client, runId, stage, attempt],
  );
  useEffect(() => {
    const end = new AbortController();
    const onGrowth = (info: LogInfo): void => pages.grow(info);
    followLog({ client, connection, runId, stage, attempt, onGrowth, signal: end.signal }).catch(
      (error: unknown) => {
        if (!end.signal.aborted) setRefusal({ by: pages, failure: toFailure(error) });
      },
    );
    return () => {
      end.abort();
      pages.stop();
    };
  }, [client, connection, runId, stage, attempt, pages, trial]);
  const version = useSyncExternalStore(pages.subscribe, pages.version);
  const refused = refusal?.by === pages ? refusal.failure : null;
  const failed = pages.failure === null ? null : toFailure(pages.failure);
  return {
    pages,
    info: pages.info,
    version,
    failure: refused ?? failed,
    retry: () => {
      setRefusal(null);
      setTrial(trial + 1);
      pages.retry();
    },
  };
}
