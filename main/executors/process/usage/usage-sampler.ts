import os from 'node:os';
import type { Usage } from '#shared/run/usage.ts';
import { createGroupUsage, type GroupUsage } from './group-usage.ts';
import { createLinuxRows, type Depth, endedChildrenCpuMs } from './linux-rows.ts';
import { FIRST_MS, LINUX_SPACE, PS_SPACE } from './look-space.ts';
import type { ProcessRow } from './process-row.ts';
import { readPsRows } from './ps-rows.ts';

/** One look at a process group. */
export interface Look {
  readonly usage: Usage;
  /** Its processes, each with its threads, as the kernel counts them for a limit. */
  readonly threads: number;
}

export interface WatchOptions {
  /** Called after each look; never after `stop`. */
  readonly onLook: (look: Look) => void;
  /**
   * How near the group is to a limit that only whoever looks can keep: 1 is at it. The nearer, or the faster it gets there,
   * the sooner is the next look. Null: there is no such limit.
   */
  readonly pressureOf: ((look: Look) => number) | null;
}

export interface UsageWatch {
  /** To be called as the leader has ended. The group's last figures; null when it was gone before the first look. */
  stop(): Usage | null;
}

/** Looks at process groups from time to time, at all of them at once. */
export interface UsageSampler {
  /** @param pid the leader of a group that has just started */
  watch(pid: number, options: WatchOptions): UsageWatch;
}

/** Groups that are nearly due are looked at along with one that is. */
const SLACK_MS = 50;
/** Looks fall on multiples of this, so that groups are looked at together. */
const GRID_MS = 100;

interface Watched {
  readonly group: GroupUsage;
  readonly options: WatchOptions;
  readonly startedAt: number;
  dueAt: number;
  /** When the next look has to tell everything. */
  fullAt: number;
  lookedAt: number | null;
  pressure: number;
}

/** A sampler for this system; on Windows, which has no process groups, it sees nothing. */
export function createUsageSampler(): UsageSampler {
  const isLinux = process.platform === 'linux';
  const space = isLinux ? LINUX_SPACE : PS_SPACE;
  const linuxRows = createLinuxRows();
  const watched = new Map<number, Watched>();
  let timer: NodeJS.Timeout | null = null;
  /** Of all children that have ended, when it was last read; null while no group has been looked at. */
  let endedCpuMs: number | null = null;

  function arm(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const due = Math.min(...Array.from(watched.values(), ({ dueAt }) => dueAt));
    // Whoever waits for the work keeps the process alive, not the looking.
    if (due !== Infinity) timer = setTimeout(look, Math.max(0, due - performance.now())).unref();
  }

  function look(): void {
    timer = null;
    const now = performance.now();
    const due = new Map<number, Depth>();
    for (const [pid, one] of watched) {
      if (one.dueAt > now + SLACK_MS) continue;
      const isFull = one.fullAt <= now + SLACK_MS;
      due.set(pid, isFull ? 'full' : 'quick');
      if (isFull) one.fullAt = onGrid(now + space.plainMs(now - one.startedAt));
      one.dueAt = one.options.pressureOf === null ? one.fullAt : onGrid(now + space.limitedMs(1, 0));
    }
    if (isLinux) {
      endedCpuMs = endedChildrenCpuMs();
      take(due, linuxRows.read(due));
      arm();
    } else {
      void readPsRows(new Set(due.keys())).then((rows) => {
        take(due, rows);
        arm();
      });
    }
  }

  function take(due: ReadonlyMap<number, Depth>, rows: readonly ProcessRow[]): void {
    const members = Map.groupBy(rows, ({ group }) => group);
    const now = performance.now();
    for (const pid of due.keys()) {
      const one = watched.get(pid);
      if (one === undefined) continue;
      const found = members.get(pid);
      if (found === undefined) continue;
      one.group.update(found);
      const threads = found.reduce((sum, row) => sum + row.threads, 0);
      const seen = { usage: one.group.usage(), threads };
      const { pressureOf, onLook } = one.options;
      if (pressureOf !== null) {
        const pressure = pressureOf(seen);
        const growth = (pressure - one.pressure) / Math.max(1, now - (one.lookedAt ?? one.startedAt));
        one.dueAt = onGrid(now + space.limitedMs(pressure, growth));
        one.pressure = pressure;
      }
      one.lookedAt = now;
      onLook(seen);
    }
  }

  /** The leader's own time, and that of all it waited for, show in ours once it is gone. */
  function endedSince(one: Watched, lookedAt: number): number {
    const after = endedChildrenCpuMs();
    const used = after - (endedCpuMs ?? after);
    endedCpuMs = after;
    // Another child may have ended at the same time: more than every processor could do since the last look is not ours.
    const possible = (performance.now() - lookedAt) * os.availableParallelism();
    return Math.min(used, one.group.usage().cpuMs + possible);
  }

  return {
    watch(pid, options) {
      const startedAt = performance.now();
      if (process.platform === 'win32') return { stop: () => null };
      const firstMs = options.pressureOf === null ? FIRST_MS : space.limitedMs(1, 0);
      const one: Watched = {
        group: createGroupUsage(),
        options,
        startedAt,
        dueAt: startedAt + firstMs,
        fullAt: startedAt + firstMs,
        lookedAt: null,
        pressure: 0,
      };
      watched.set(pid, one);
      linuxRows.follow(pid);
      arm();
      return {
        stop() {
          watched.delete(pid);
          linuxRows.forget(pid);
          const { lookedAt } = one;
          if (isLinux && endedCpuMs !== null) one.group.end(endedSince(one, lookedAt ?? performance.now()));
          else one.group.end(0);
          if (watched.size === 0) {
            if (timer !== null) clearTimeout(timer);
            timer = null;
            endedCpuMs = null;
          }
          return lookedAt === null ? null : one.group.usage();
        },
      };
    },
  };
}

const onGrid = (ms: number): number => Math.round(ms / GRID_MS) * GRID_MS;
