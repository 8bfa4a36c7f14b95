import { useState } from 'react';
import type { RunSummary } from '#shared/api/schemas.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import type { BridgeClient } from '#renderer/bridge/client.ts';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import type { Remote } from '#renderer/bridge/remote-cache.ts';
import { queryOf, type RunFilter } from './run-filter.ts';

const FIRST = 100;
const MOST_AT_ONCE = 500;

export interface RunList {
  readonly runs: readonly RunSummary[];
  /** All that fit the filter, also those not loaded. */
  readonly total: number;
}

type Query = ReturnType<typeof queryOf>;

async function fetchRuns(
  client: BridgeClient,
  query: Query,
  count: number,
  signal: AbortSignal,
): Promise<RunList> {
  const runs: RunSummary[] = [];
  for (;;) {
    const limit = Math.min(MOST_AT_ONCE, count - runs.length);
    const page = await client.run.list({ ...query, offset: runs.length, limit }, { signal });
    runs.push(...page.runs);
    if (runs.length >= count || page.runs.length < limit) return { runs, total: page.total };
  }
}

/**
 * The runs that fit a filter, live: the beginning of the list, and more of it each time `loadMore` is called.
 * While another filter or a longer list is fetched, the runs before stay.
 */
export function useRuns(filter: RunFilter, projectId: ProjectId | undefined) {
  const { client } = useBridge();
  const query = queryOf(filter, projectId);
  const id = JSON.stringify(query);
  const [grown, setGrown] = useState({ id, count: FIRST });
  const count = grown.id === id ? grown.count : FIRST;
  const remote = useRemote(['runs', 'list', id, count], (signal) => fetchRuns(client, query, count, signal));
  const list = useLastReady(remote);
  const loadMore = (): void => {
    // Doubling: the list is read again as a whole at each change.
    if (remote.status === 'ready' && remote.value.runs.length < remote.value.total) {
      setGrown({ id, count: count * 2 });
    }
  };
  return {
    list,
    failure: remote.status === 'failed' ? remote.failure : null,
    reload: remote.reload,
    loadMore,
  };
}

/** A value of the host, and while its successor under another key is fetched the one before. */
function useLastReady<T>(remote: Remote<T>): T | null {
  const [last, setLast] = useState<T | null>(null);
  if (remote.status === 'ready' && remote.value !== last) setLast(remote.value);
  return remote.status === 'ready' ? remote.value : last;
}
