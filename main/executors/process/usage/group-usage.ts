import type { Usage } from '#shared/run/usage.ts';
import type { ProcessRow } from './process-row.ts';

type Totals = Pick<Usage, 'cpuMs' | 'readBytes' | 'writtenBytes'>;

/** What a process group has used since it started, over members that come and go. */
export interface GroupUsage {
  /** Takes in a look at all its members. */
  update(members: readonly ProcessRow[]): void;
  /**
   * Nobody of it is left; what it held is what the last look saw.
   * @param cpuMs what a better source says; it counts if it is more than what was seen
   */
  end(cpuMs: number): void;
  usage(): Usage;
}

const NOTHING: Totals = { cpuMs: 0, readBytes: null, writtenBytes: null };

export function createGroupUsage(): GroupUsage {
  let before: ReadonlyMap<number, ProcessRow> = new Map();
  let gone = NOTHING;
  let current: Usage = { ...NOTHING, memoryBytes: 0, memoryPeakBytes: 0 };

  return {
    update(members) {
      const now = new Map(members.map((row) => [row.pid, row]));
      for (const row of before.values()) {
        // A parent that is still there has waited for it, and has its figures in its own.
        if (!now.has(row.pid) && !now.has(row.parent)) gone = plus(gone, row);
      }
      before = now;
      const totals = members.reduce(plus, gone);
      const memoryBytes = members.reduce((sum, row) => sum + row.memoryBytes, 0);
      current = {
        // Nothing used becomes unused, whatever is missed of children that nobody waits for.
        cpuMs: Math.max(current.cpuMs, totals.cpuMs),
        readBytes: most(current.readBytes, totals.readBytes),
        writtenBytes: most(current.writtenBytes, totals.writtenBytes),
        memoryBytes,
        memoryPeakBytes: Math.max(current.memoryPeakBytes, memoryBytes),
      };
    },
    end(cpuMs) {
      current = { ...current, cpuMs: Math.max(current.cpuMs, cpuMs) };
    },
    usage: () => current,
  };
}

function plus(sum: Totals, row: Totals): Totals {
  return {
    cpuMs: sum.cpuMs + row.cpuMs,
    readBytes: row.readBytes === null ? sum.readBytes : (sum.readBytes ?? 0) + row.readBytes,
    writtenBytes: row.writtenBytes === null ? sum.writtenBytes : (sum.writtenBytes ?? 0) + row.writtenBytes,
  };
}

const most = (one: number | null, other: number | null): number | null =>
  one === null ? other : Math.max(one, other ?? 0);
