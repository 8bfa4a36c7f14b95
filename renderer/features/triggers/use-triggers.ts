import { useCallback, useEffect, useState } from 'react';
import { type Failure, toFailure } from '#renderer/bridge/app-failure.ts';
import { useBridge } from '#renderer/bridge/bridge-context.ts';
import { stayConnected } from '#renderer/bridge/stay-connected.ts';
import type { Trigger } from '#shared/api/trigger-schemas.ts';

/** Under it all that was fetched of firings stands in the cache. */
export const FIRINGS = 'firings';

export type Triggers =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly triggers: readonly Trigger[] }
  | { readonly status: 'failed'; readonly failure: Failure; readonly retry: () => void };

interface FollowedTriggers {
  readonly triggers: Triggers;
  /** Shows a pause at once; the host tells the same a moment later. */
  readonly setPaused: (trigger: Trigger, paused: boolean) => void;
}

/** All triggers, kept up by the host; what is known of their firings is fetched again with each change. */
export function useTriggers(): FollowedTriggers {
  const { client, connection, cache } = useBridge();
  const [known, setKnown] = useState<readonly Trigger[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const end = new AbortController();
    const { signal } = end;
    stayConnected(
      { connection, signal },
      () => client.trigger.changes(undefined, { signal }),
      ({ triggers }) => {
        setKnown(triggers);
        cache.invalidate([FIRINGS]);
        return false;
      },
    ).catch((error: unknown) => setFailure(toFailure(error)));
    return () => end.abort();
  }, [client, connection, cache, attempt]);
  const retry = useCallback(() => {
    setFailure(null);
    setAttempt((count) => count + 1);
  }, []);
  const setPaused = useCallback((trigger: Trigger, paused: boolean) => {
    setKnown((before) => before?.map((each) => (isSame(each, trigger) ? { ...each, paused } : each)) ?? null);
  }, []);
  if (failure !== null) return { triggers: { status: 'failed', failure, retry }, setPaused };
  if (known === null) return { triggers: { status: 'loading' }, setPaused };
  return { triggers: { status: 'ready', triggers: known }, setPaused };
}

type Key = Pick<Trigger, 'projectId' | 'file' | 'type'>;

export const keyOf = ({ projectId, file, type }: Key): string => `${projectId} ${file} ${type}`;

const isSame = (one: Key, other: Key): boolean => keyOf(one) === keyOf(other);
