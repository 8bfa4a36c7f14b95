import { createContext, useCallback, useContext, useEffect, useRef, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { Bridge } from './bridge.ts';
import type { Connection } from './connection.ts';
import type { Remote, RemoteKey } from './remote-cache.ts';

/** `<BridgeContext value={bridge}>` stands around the whole application. */
export const BridgeContext = createContext<Bridge | null>(null);

export function useBridge(): Bridge {
  const bridge = useContext(BridgeContext);
  if (bridge === null) throw new Error('useBridge needs a BridgeContext around it.');
  return bridge;
}

export const useConnection = (): Connection => useStore(useBridge().connection);

/**
 * A value of the host, fetched when first shown and again when its key is invalidated. Equal keys share one value, so a
 * key must name everything that the fetcher depends on. With `null` nothing is fetched.
 */
export function useRemote<T>(
  key: RemoteKey | null,
  fetcher: (signal: AbortSignal) => Promise<T>,
): Remote<T> & { readonly reload: () => void } {
  const { cache } = useBridge();
  const id = key === null ? null : JSON.stringify(key);
  const latest = useRef(fetcher);
  // Before the subscription's own effect, so that a new key is fetched with its own fetcher.
  useEffect(() => {
    latest.current = fetcher;
  });
  const subscribe = useCallback(
    (listener: () => void) => {
      if (id === null) return () => undefined;
      return cache.watch(JSON.parse(id) as RemoteKey, (signal) => latest.current(signal), listener);
    },
    [cache, id],
  );
  const remote = useSyncExternalStore(subscribe, () =>
    id === null ? LOADING : cache.read<T>(JSON.parse(id) as RemoteKey),
  );
  const reload = useCallback(() => {
    if (id !== null) cache.invalidate(JSON.parse(id) as RemoteKey);
  }, [cache, id]);
  return { ...remote, reload };
}

const LOADING: Remote<never> = { status: 'loading' };
