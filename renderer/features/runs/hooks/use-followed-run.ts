import { useEffect, useMemo } from 'react';
import type { Bridge } from '#renderer/bridge/bridge.ts';
import { useBridge } from '#renderer/bridge/bridge-context.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { FollowedRuns } from '../followed-runs.ts';
import type { RunStore } from '../run-store.ts';

const byBridge = new WeakMap<Bridge, FollowedRuns>();

function followedRuns(bridge: Bridge): FollowedRuns {
  let runs = byBridge.get(bridge);
  if (runs === undefined) {
    runs = new FollowedRuns(bridge);
    byBridge.set(bridge, runs);
  }
  return runs;
}

export interface FollowedRunHandle {
  readonly store: RunStore;
  /** Follows it again after a failure. */
  readonly retry: () => void;
}

/** The store of a run, followed while this component is mounted. */
export function useFollowedRun(runId: RunId): FollowedRunHandle {
  const runs = followedRuns(useBridge());
  useEffect(() => runs.watch(runId), [runs, runId]);
  return useMemo(() => ({ store: runs.store(runId), retry: () => runs.retry(runId) }), [runs, runId]);
}
