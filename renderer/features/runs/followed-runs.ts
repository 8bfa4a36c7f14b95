import { toFailure } from '#renderer/bridge/app-failure.ts';
import type { Bridge } from '#renderer/bridge/bridge.ts';
import { followRun } from '#renderer/bridge/follow-run.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { isFinalRunStatus } from '#shared/run/status.ts';
import { applyEvents, createRunStore, type RunStore } from './run-store.ts';

const MOST_KEPT = 5;

interface FollowedRun {
  readonly store: RunStore;
  watchers: number;
  end: AbortController | null;
}

/**
 * The runs that screens look at. A run that was left is kept for a while, so that going from its graph to a log and back
 * folds nothing twice; coming back, it is followed from the last event it has.
 */
export class FollowedRuns {
  readonly #bridge: Bridge;
  readonly #runs = new Map<RunId, FollowedRun>();

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
    bridge.onRuns((runs) => {
      for (const { id, status } of runs) if (!isFinalRunStatus(status)) this.#goOn(id);
    });
  }

  store(runId: RunId): RunStore {
    return this.#entry(runId).store;
  }

  /** Follows the run until the returned function is called. */
  watch(runId: RunId): () => void {
    const entry = this.#entry(runId);
    entry.watchers += 1;
    if (entry.watchers === 1) this.#follow(runId, entry);
    return () => {
      entry.watchers -= 1;
      if (entry.watchers > 0) return;
      entry.end?.abort();
      entry.end = null;
    };
  }

  /** Tries again after a failure. */
  retry(runId: RunId): void {
    const entry = this.#entry(runId);
    entry.end?.abort();
    entry.store.setState({ failure: null });
    this.#follow(runId, entry);
  }

  /** A run that was over (interrupted, that is) has been resumed: its stream has ended and is opened again. */
  #goOn(runId: RunId): void {
    const entry = this.#runs.get(runId);
    const known = entry?.store.getState().run ?? null;
    if (entry === undefined || entry.watchers === 0 || known?.status !== 'interrupted') return;
    entry.end?.abort();
    this.#follow(runId, entry);
  }

  #entry(runId: RunId): FollowedRun {
    const entry = this.#runs.get(runId) ?? { store: createRunStore(), watchers: 0, end: null };
    this.#runs.delete(runId);
    this.#runs.set(runId, entry);
    for (const [id, { watchers }] of this.#runs) {
      if (this.#runs.size <= MOST_KEPT) break;
      if (watchers === 0 && id !== runId) this.#runs.delete(id);
    }
    return entry;
  }

  #follow(runId: RunId, entry: FollowedRun): void {
    const { store } = entry;
    const known = store.getState().run;
    // An interrupted run may be resumed by another host.
    if (known !== null && isFinalRunStatus(known.status) && known.status !== 'interrupted') return;
    const end = new AbortController();
    entry.end = end;
    const fail = (error: unknown): void => {
      if (!end.signal.aborted) store.setState({ failure: toFailure(error) });
    };
    followRun({
      client: this.#bridge.client,
      connection: this.#bridge.connection,
      runId,
      afterSeq: known?.seq ?? 0,
      signal: end.signal,
      onEvents: (events) => {
        try {
          applyEvents(store, events);
        } catch (error) {
          fail(error);
          end.abort();
        }
      },
    }).catch(fail);
  }
}
