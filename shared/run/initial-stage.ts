import type { PlannedStage } from '../pipeline/plan.ts';
import { isOnHost } from '../pipeline/plan-place.ts';
import type { StageState } from './run-state.ts';

/** A stage before anything happened to it. */
export function initialStage(planned: PlannedStage): StageState {
  return {
    id: planned.id,
    status: 'pending',
    reason: null,
    attempts: [],
    outputs: {},
    artifacts: [],
    reports: [],
    issues: [],
    summary: null,
    readyAt: null,
    startedAt: null,
    finishedAt: null,
    cancelRequested: false,
    queuedFor: null,
    approval: null,
    reusedFrom: null,
    caches: [],
    conditionMet: planned.condition === null,
    hasLocks: !wantsLocks(planned),
    runningLegs: 0,
    hasFailedAncestor: false,
    unmetNeeds: planned.needs.length,
    blockedBy: null,
  };
}

/** Whether a stage has to wait before it may start: for locks, its concurrency group or slots of a host. */
export const wantsLocks = ({ locks, concurrency = null, place }: PlannedStage): boolean =>
  locks.length > 0 || concurrency !== null || isOnHost(place);
