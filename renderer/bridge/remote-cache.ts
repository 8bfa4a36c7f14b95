import { toFailure, type Failure } from './app-failure.ts';

/** Names a value of the host, from general to special: `['runs', projectId, 'newest']`. */
export type RemoteKey = readonly (string | number | boolean)[];

/** A value of the host as a screen sees it. `isStale`: it is being fetched again, or could not be. */
export type Remote<T> =
  | { readonly status: 'loading' }
  | {
      readonly status: 'ready';
      readonly value: T;
      readonly isStale: boolean;
      readonly failure: Failure | null;
    }
  | { readonly status: 'failed'; readonly failure: Failure };

const LOADING = { status: 'loading' } as const;
/** Values that nobody watches are kept for going back to a screen, up to this many. */
const MAX_UNWATCHED = 100;

type Fetcher = (signal: AbortSignal) => Promise<unknown>;

interface Entry {
  readonly key: RemoteKey;
  remote: Remote<unknown>;
  /** Those who watch, each with its own way to fetch; any of them will do. */
  readonly watchers: Map<() => void, Fetcher>;
  running: AbortController | null;
  /** Invalidated while a request was under way: its answer may be older than that. */
  isOutdated: boolean;
}

/**
 * What was fetched, by key. A value is fetched when it is first watched and again when it is invalidated while watched;
 * the old value stays visible meanwhile. Equal requests under way are made once.
 */
export class RemoteCache {
  readonly #entries = new Map<string, Entry>();

  /** The state under a key; the same object until it changes. */
  read<T>(key: RemoteKey): Remote<T> {
    return (this.#entries.get(idOf(key))?.remote ?? LOADING) as Remote<T>;
  }

  /** Calls `listener` at each change, and fetches unless a fresh value is there; the returned function ends it. */
  watch(key: RemoteKey, fetcher: Fetcher, listener: () => void): () => void {
    const id = idOf(key);
    const entry: Entry = this.#entries.get(id) ?? {
      key,
      remote: LOADING,
      watchers: new Map(),
      running: null,
      isOutdated: false,
    };
    // Last in, last dropped.
    this.#entries.delete(id);
    this.#entries.set(id, entry);
    entry.watchers.set(listener, fetcher);
    if (entry.remote.status !== 'ready' || entry.remote.isStale) this.#fetch(entry);
    return () => {
      entry.watchers.delete(listener);
      if (entry.watchers.size > 0) return;
      entry.running?.abort();
      entry.running = null;
      if (entry.remote.status === 'ready') entry.remote = { ...entry.remote, isStale: true };
      this.#dropUnwatched();
    };
  }

  /** Marks every value whose key begins so as out of date; those watched are fetched again. */
  invalidate(prefix: RemoteKey): void {
    for (const entry of this.#entries.values()) {
      if (!prefix.every((part, index) => entry.key[index] === part)) continue;
      if (entry.remote.status === 'ready') this.#set(entry, { ...entry.remote, isStale: true });
      if (entry.running !== null) entry.isOutdated = true;
      else this.#fetch(entry);
    }
  }

  /** Puts a value in place that came by another way, such as the answer to a change. */
  put(key: RemoteKey, value: unknown): void {
    const entry = this.#entries.get(idOf(key));
    if (entry === undefined) return;
    entry.running?.abort();
    entry.running = null;
    this.#set(entry, { status: 'ready', value, isStale: false, failure: null });
  }

  #fetch(entry: Entry): void {
    const fetcher = entry.watchers.values().next().value;
    if (entry.running !== null || fetcher === undefined) return;
    const controller = new AbortController();
    entry.running = controller;
    entry.isOutdated = false;
    if (entry.remote.status === 'failed') this.#set(entry, LOADING);
    fetcher(controller.signal).then(
      (value) => this.#finish(entry, controller, { status: 'ready', value, isStale: false, failure: null }),
      (error: unknown) => {
        const failure = toFailure(error);
        const remote: Remote<unknown> =
          entry.remote.status === 'ready'
            ? { ...entry.remote, isStale: true, failure }
            : { status: 'failed', failure };
        this.#finish(entry, controller, remote);
      },
    );
  }

  #finish(entry: Entry, controller: AbortController, remote: Remote<unknown>): void {
    if (entry.running !== controller) return;
    entry.running = null;
    const again = entry.isOutdated;
    this.#set(entry, again && remote.status === 'ready' ? { ...remote, isStale: true } : remote);
    if (again) this.#fetch(entry);
  }

  #set(entry: Entry, remote: Remote<unknown>): void {
    entry.remote = remote;
    for (const listener of [...entry.watchers.keys()]) listener();
  }

  #dropUnwatched(): void {
    const unwatched = [...this.#entries].filter(([, entry]) => entry.watchers.size === 0);
    for (const [id] of unwatched.slice(0, Math.max(0, unwatched.length - MAX_UNWATCHED)))
      this.#entries.delete(id);
  }
}

const idOf = (key: RemoteKey): string => JSON.stringify(key);
