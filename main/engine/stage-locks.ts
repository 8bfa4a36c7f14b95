import type { StageId } from '#shared/lib/ids.ts';
import type { WantedHost } from '#shared/run/events.ts';
import { stageGroup } from './concurrency.ts';
import type { RunScope } from './run-scope.ts';

/** The locks, concurrency groups and slots of hosts that stages of a run hold, over all runs and hosts. */
export interface StageLocks {
  /** Waits for those that the stage names, and releases it. @param signal ends the wait */
  acquire(stage: StageId, signal: AbortSignal): void;
  /** Gives back what the stage holds. */
  release(stage: StageId): void;
  releaseAll(): void;
}

export function createStageLocks(scope: RunScope): StageLocks {
  const { ports, runId, stageOf, plannedOf } = scope;
  const held = new Map<StageId, (() => void)[]>();

  function hold(stage: StageId, release: () => void): void {
    held.set(stage, [...(held.get(stage) ?? []), release]);
  }

  /** It was cancelled meanwhile. */
  const isGivenUp = (stage: StageId): boolean => scope.isOver() || stageOf(stage).status !== 'queued';

  async function takeSlots(stage: StageId, wanted: WantedHost, signal: AbortSignal): Promise<string | null> {
    const { slots } = plannedOf(stage);
    const wish = { host: wanted.name, labels: wanted.labels };
    const ended = new AbortController();
    hold(stage, () => ended.abort());
    const signals = AbortSignal.any([signal, ended.signal]);
    const taken = await ports.sshSlots.take(wish, slots, ports.owner, `${runId}/${stage}`, signals);
    hold(stage, taken.free);
    return taken.host;
  }

  async function acquire(stage: StageId, signal: AbortSignal): Promise<void> {
    const planned = plannedOf(stage);
    const { queuedFor } = stageOf(stage);
    if (queuedFor?.type !== 'locks') return;
    const { names, group = null, host } = queuedFor;
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
      const holder = `${runId}/${stage}`;
      hold(stage, await ports.locks.acquire(all, ports.owner, holder, signal, supersession));
      if (isGivenUp(stage)) {
        release(stage);
        return;
      }
      // Last: who waits for a lock keeps nobody from a host.
      const taken = host === undefined ? null : await takeSlots(stage, host, signal);
      if (isGivenUp(stage)) {
        release(stage);
        return;
      }
      const where = taken === null ? {} : { host: taken };
      scope.guarded(() => scope.emit([{ type: 'stage-released', stage, ...where }]));
    } catch (error) {
      if (!signal.aborted && !isGivenUp(stage)) scope.crash(error);
    }
  }

  function release(stage: StageId): void {
    const all = held.get(stage) ?? [];
    held.delete(stage);
    for (const free of all.toReversed()) free();
  }

  return {
    acquire: (stage, signal) => void acquire(stage, signal),
    release,
    releaseAll() {
      for (const stage of [...held.keys()]) release(stage);
    },
  };
}
