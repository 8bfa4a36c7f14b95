import { type EndedBy, outOfMemory, tooManyProcesses } from '#shared/run/over-limit.ts';
import type { Outcome } from '#shared/run/outcome.ts';
import type { PlannedResources } from '#shared/pipeline/plan-place.ts';
import type { Usage } from '#shared/run/usage.ts';
import type { ShellCommand } from '../shell-command.ts';
import type { Look } from '../usage/usage-sampler.ts';
import { type Cgroup, openCgroup } from './cgroup.ts';
import { type CgroupParent, findCgroupParent } from './cgroup-parent.ts';

/** Keeps one step within its limits. */
export interface StepLimits {
  /** What to tell of limits that cannot be kept here, one sentence each. */
  readonly notes: readonly string[];
  wrap(command: ShellCommand): ShellCommand;
  /** How near a look has found the group to a limit that no cgroup keeps, 1 at it; null: there is none to be watched. */
  readonly pressureOf: ((look: Look) => number) | null;
  /** Whether the group takes more than it may, and must be ended; for limits that no cgroup keeps. */
  isOver(look: Look): boolean;
  /** To be called when the step has ended, before `close`: what it really came to. */
  outcomeOf(ended: EndedBy, outcome: Outcome): Outcome;
  /** The figures, with better ones where the system has them. */
  exact(usage: Usage): Usage;
  close(): Promise<void>;
}

/** Makes limits for steps; looks for a place for cgroups with the first one. */
export function createStepLimits(find: () => CgroupParent | null = findCgroupParent): {
  readonly open: (limits: PlannedResources) => StepLimits;
} {
  let parent: CgroupParent | null | undefined;
  return {
    open(limits) {
      parent = parent === undefined ? find() : parent;
      const cgroup = parent === null ? null : tryOpen(parent, limits);
      return stepLimits(limits, cgroup === null ? new Set() : (parent?.holds ?? new Set()), cgroup);
    },
  };
}

function tryOpen(parent: CgroupParent, limits: PlannedResources): Cgroup | null {
  try {
    return openCgroup(parent, limits);
  } catch {
    // What could be made a moment ago cannot now; the watcher keeps what it can.
    return null;
  }
}

function stepLimits(
  limits: PlannedResources,
  holds: CgroupParent['holds'],
  cgroup: Cgroup | null,
): StepLimits {
  const watchedBytes = holds.has('memory') ? null : limits.memoryBytes;
  const watchedPids = holds.has('pids') ? null : limits.pids;
  let broken: 'memory' | 'pids' | null = null;
  return {
    notes: notesOn(limits, holds),
    pressureOf:
      watchedBytes === null && watchedPids === null
        ? null
        : ({ usage, threads }) =>
            Math.max(
              watchedBytes === null ? 0 : usage.memoryBytes / watchedBytes,
              watchedPids === null ? 0 : threads / watchedPids,
            ),
    wrap: (command) => cgroup?.wrap(command) ?? command,
    isOver({ usage, threads }) {
      if (watchedBytes !== null && usage.memoryBytes > watchedBytes) broken ??= 'memory';
      else if (watchedPids !== null && threads > watchedPids) broken ??= 'pids';
      return broken !== null;
    },
    outcomeOf(ended, outcome) {
      if (broken === 'memory') return outOfMemory(limits.memoryBytes ?? 0, ended);
      if (broken === 'pids') return tooManyProcesses(limits.pids ?? 0, ended);
      if (outcome.type !== 'failed' || cgroup === null) return outcome;
      const { oomKills, refusedProcesses } = cgroup.figures();
      if (limits.memoryBytes !== null && oomKills > 0) return outOfMemory(limits.memoryBytes, ended);
      if (limits.pids !== null && refusedProcesses > 0) return tooManyProcesses(limits.pids, ended);
      return outcome;
    },
    exact(usage) {
      if (cgroup === null) return usage;
      const { cpuMs, memoryPeakBytes } = cgroup.figures();
      return {
        ...usage,
        cpuMs: Math.max(usage.cpuMs, cpuMs ?? 0),
        memoryPeakBytes: Math.max(usage.memoryPeakBytes, memoryPeakBytes ?? 0),
      };
    },
    close: () => cgroup?.close() ?? Promise.resolve(),
  };
}

/** A limit that is only written down misleads: the log says so once. */
function notesOn(limits: PlannedResources, holds: CgroupParent['holds']): readonly string[] {
  const notes: string[] = [];
  if (limits.cpus !== null && !holds.has('cpu'))
    notes.push('resources.cpus is not kept here: this user may make no cgroup (v2) for processors');
  if (process.platform === 'win32' && (limits.memoryBytes !== null || limits.pids !== null))
    notes.push('resources.memory and resources.pids are not kept for local processes on Windows');
  if (limits.diskBytes !== null) notes.push('resources.disk is not kept for local processes');
  return notes;
}
