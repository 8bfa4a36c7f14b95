import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Failure } from '#renderer/bridge/app-failure.ts';
import type { RunEvent } from '#shared/run/events.ts';
import { reduceRun } from '#shared/run/reduce-run.ts';
import type { RunState } from '#shared/run/run-state.ts';

export interface RunView {
  /** Null until the first events came. */
  readonly run: RunState | null;
  /** Why it cannot be followed (any further). */
  readonly failure: Failure | null;
}

export type RunStore = StoreApi<RunView>;

export const createRunStore = (): RunStore => createStore<RunView>(() => ({ run: null, failure: null }));

/**
 * Folds a batch of events in one change. Events that were folded before are skipped.
 * @throws when the events do not follow: a bug or a damaged store
 */
export function applyEvents(store: RunStore, events: readonly RunEvent[]): void {
  const before = store.getState().run;
  let run = before;
  for (const event of events) if (event.seq > (run?.seq ?? 0)) run = reduceRun(run, event);
  if (run !== before) store.setState({ run, failure: null });
}
