import { useEffect, useMemo, useState } from 'react';
import { toFailure } from '#renderer/bridge/app-failure.ts';
import { useBridge } from '#renderer/bridge/bridge-context.ts';
import { useNow } from '#renderer/ui/clock.ts';
import type { LogRef } from '../log-ref.ts';
import type { Hit } from '../search-hits.ts';

export interface LogQuery {
  readonly text: string;
  readonly regex: boolean;
  readonly caseSensitive: boolean;
}

export interface LogHits {
  readonly hits: readonly Hit[];
  /** Also those beyond the list. */
  readonly total: number;
  /** Why the query cannot be searched for, in one sentence. */
  readonly problem: string | null;
  readonly isSearching: boolean;
}

const NONE: LogHits = { hits: [], total: 0, problem: null, isSearching: false };
const TYPING_PAUSE_MS = 140;
const GROWTH_PAUSE_MS = 2_000;

/** Searches a log as one types, and again every other second while it grows. */
export function useLogSearch(
  { runId, stage, attempt }: LogRef,
  query: LogQuery,
  isGrowing: boolean,
): LogHits {
  const { client } = useBridge();
  const { text, regex, caseSensitive } = query;
  const tick = useNow(isGrowing && text !== '' ? GROWTH_PAUSE_MS : null);
  const key = JSON.stringify([runId, stage, attempt, text, regex, caseSensitive]);
  const [answer, setAnswer] = useState<{ readonly key: string; readonly found: LogHits } | null>(null);
  useEffect(() => {
    if (text === '') return undefined;
    const end = new AbortController();
    const search = async (): Promise<LogHits> => {
      try {
        const request = { runId, stage, attempt, query: text, regex, caseSensitive };
        const { hits, total } = await client.log.search(request, { signal: end.signal });
        return { hits, total, problem: null, isSearching: false };
      } catch (error) {
        return { ...NONE, problem: toFailure(error).message };
      }
    };
    const timer = setTimeout(() => {
      void search().then((found) => {
        if (!end.signal.aborted) setAnswer({ key, found });
      });
    }, TYPING_PAUSE_MS);
    return () => {
      clearTimeout(timer);
      end.abort();
    };
  }, [client, runId, stage, attempt, text, regex, caseSensitive, key, tick, isGrowing]);
  return useMemo(() => {
    if (text === '') return NONE;
    // The old hits stay while one types on, so that nothing flickers.
    return answer?.key === key ? answer.found : { ...(answer?.found ?? NONE), isSearching: true };
  }, [text, answer, key]);
}
