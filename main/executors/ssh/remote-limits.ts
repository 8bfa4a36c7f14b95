import type { PlannedResources } from '#shared/pipeline/plan-place.ts';
import { type EndedBy, outOfMemory, tooManyProcesses } from '#shared/run/over-limit.ts';
import type { Outcome } from '#shared/run/outcome.ts';

/** Keeps a step on a host within its limits, by the looks that the runner takes at its process group. */
export interface RemoteLimits {
  /** Whether looks must follow each other closely. */
  readonly isWatched: boolean;
  /** What a look found. The first one that is over a limit calls back. */
  look(memoryBytes: number, threads: number): void;
  /** What a step came to that was over a limit; null for any other. */
  outcomeOf(ended: EndedBy): Outcome | null;
}

/** @param onOver ends the step */
export function createRemoteLimits(limits: PlannedResources | null, onOver: () => void): RemoteLimits {
  const memory = limits?.memoryBytes ?? null;
  const pids = limits?.pids ?? null;
  let broken: 'memory' | 'pids' | null = null;
  return {
    isWatched: memory !== null || pids !== null,
    look(memoryBytes, threads) {
      if (broken !== null) return;
      if (memory !== null && memoryBytes > memory) broken = 'memory';
      else if (pids !== null && threads > pids) broken = 'pids';
      if (broken !== null) onOver();
    },
    outcomeOf(ended) {
      if (broken === 'memory') return outOfMemory(memory ?? 0, ended);
      return broken === 'pids' ? tooManyProcesses(pids ?? 0, ended) : null;
    },
  };
}

/** What to tell of limits that are not kept on a host, one sentence each. */
export function notKept(limits: PlannedResources | null, host: string): readonly string[] {
  const names = [
    ...(limits?.cpus == null ? [] : ['resources.cpus']),
    ...(limits?.diskBytes == null ? [] : ['resources.disk']),
  ];
  return names.map((name) => `${name} is not kept on ${host}`);
}
