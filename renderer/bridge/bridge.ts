import type { PreloadApi } from '#shared/api/desktop-ipc.ts';
import { createClient, type BridgeClient } from './client.ts';
import type { ConnectionStore } from './connection.ts';
import { desktopTransport } from './desktop-transport.ts';
import { browserSaveFile, desktopSaveFile, type DesktopCapabilities, type SaveFile } from './platform.ts';
import { ReconnectingLink } from './reconnecting-link.ts';
import { refreshOnReconnect } from './refresh-on-reconnect.ts';
import { RemoteCache } from './remote-cache.ts';
import { followRunChanges, type RunsListener } from './run-changes.ts';
import { websocketTransport } from './websocket-transport.ts';

declare global {
  interface Window {
    /** Only in the desktop application. */
    readonly pipewright?: PreloadApi;
  }
}

/** The page's one way to the engine host, in the desktop application and in a browser. */
export interface Bridge {
  readonly client: BridgeClient;
  readonly connection: ConnectionStore;
  readonly cache: RemoteCache;
  /** Undefined in a browser. */
  readonly desktop: DesktopCapabilities | undefined;
  readonly saveFile: SaveFile;
  /** Tries to connect now; in the desktop a host that died is started again. */
  retry(): Promise<void>;
  /** Runs that began, ended or moved on; the returned function ends it. */
  onRuns(listener: RunsListener): () => void;
  close(): void;
}

/** Opens the bridge; it connects and reconnects by itself. Once per page. */
export function createBridge(page: Window = window): Bridge {
  const preload = page.pipewright;
  const link = new ReconnectingLink(
    preload === undefined ? websocketTransport(page.location.href) : desktopTransport(preload, page),
  );
  const client = createClient(link);
  const cache = new RemoteCache();
  const stopRefreshing = refreshOnReconnect(link.connection, cache);
  const listeners = new Set<RunsListener>();
  const end = new AbortController();
  const desktop = preload?.desktop;
  void followRunChanges(
    client,
    link.connection,
    cache,
    (runs) => {
      for (const listener of listeners) listener(runs);
    },
    end.signal,
  );
  return {
    client,
    connection: link.connection,
    cache,
    desktop,
    saveFile: desktop === undefined ? browserSaveFile(page.document) : desktopSaveFile(desktop),
    retry: () => link.retry(),
    onRuns: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      end.abort();
      stopRefreshing();
      link.close();
    },
  };
}
