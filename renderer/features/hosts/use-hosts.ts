import { useEffect } from 'react';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';

/** Under it all that was fetched of hosts stands in the cache. */
export const HOSTS = 'hosts';

/** Stages take slots and give them back while one looks. */
const REFRESH_MS = 3_000;

/** The registered hosts with the slots that are used now. */
export function useHosts() {
  const { client, cache } = useBridge();
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) cache.invalidate([HOSTS, 'list']);
    }, REFRESH_MS);
    return () => clearInterval(timer);
  }, [cache]);
  return useRemote([HOSTS, 'list'], (signal) => client.host.list(undefined, { signal }));
}
