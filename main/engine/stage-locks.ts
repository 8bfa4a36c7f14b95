import type { StageId } from '#shared/lib/ids.ts';
import { stageGroup } from './concurrency.ts';
import type { RunScope } from './run-scope.ts';

/** The locks and the concurrency groups that stages of a run hold, over all runs and hosts. */
export interface StageLocks {
  /** Waits for those that the stage names, and releases it. @param signal ends the wait */
  acquire(stage: StageId, signal: AbortSignal): void;
  /** Gives back what the stage holds. */
  release(stage: StageId): void;
  releaseAll(): void;
}

export function createStageLocks(scope: RunScope): StageLocks {
  const { ports, runId, stageOf, plannedOf } = scope;
  const held = new Map<StageId, () => void>();

  async function acquire(stage: StageId, signal: AbortSignal): Promise<void> {
    const planned = plannedOf(stage);
    const { queuedFor } = stageOf(stage);
    if (queuedFor?.type !== 'locks') return;
    const { names, group = null } = queuedFor;
    const wanted = names.map((name) => `lock:${name}`);
    const lock = group === null ? null : stageGroup(scope.project, group);
    const supersession =
      lock === null
        ? undefined
        : {
            name: lock,
            endsOthers: planned.concurrency?.cancelInProgress ?? false,
            // Stages of one run wait for each other: a run that ends its own stages is never what one wants.
            onSuperseded: (by: string) => {
              if (!by.startsWith(`${runId}/`)) scope.guarded(() => void scope.cancel('superseded', stage));
            },
          };
    try {
      const all = lock === null ? wanted : [...wanted, lock];
      const release = await ports.locks.acquire(all, ports.owner, `${runId}/${stage}`, signal, supersession);
      if (scope.isOver() || stageOf(stage).status !== 'queued') {
        release();
        return;
      }
      held.set(stage, release);
      scope.guarded(() => scope.emit([{ type: 'stage-released', stage }]));
    } catch (error) {
      if (!signal.aborted) scope.crash(error);
    }
  }

  function release(stage: StageId): void {
    held.get(stage)?.();
    held.delete(stage);
  }

  return {
    acquire: (stage, signal) => void acquire(stage, signal),
    release,
    releaseAll() {
      for (const stage of [...held.keys()]) release(stage);
    },
  };
}
