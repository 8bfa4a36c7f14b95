import type { ConnectionStore } from './connection.ts';
import type { RemoteCache } from './remote-cache.ts';

/**
 * Has everything fetched again when the host is back: calls failed while it was away, and changes went unseen.
 * The very first connection changes nothing, since calls wait for it. The returned function ends it.
 */
export function refreshOnReconnect(connection: ConnectionStore, cache: RemoteCache): () => void {
  let wasAway = false;
  return connection.subscribe(({ status }) => {
    if (status !== 'open') {
      wasAway = true;
    } else if (wasAway) {
      wasAway = false;
      cache.invalidate([]);
    }
  });
}
