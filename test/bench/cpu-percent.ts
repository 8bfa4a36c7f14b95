import { readFileSync } from 'node:fs';

/** Looks are rare, so that it takes long to see what they cost. */
const MEASURED_MS = 20_000;
/** Clock ticks per second of /proc (USER_HZ). */
const MS_PER_TICK = 10;

/** Processor time over a while, in percent of one processor. */
export interface CpuPercent {
  readonly own: number;
  /** Of the other process; null where there is none, or no /proc. */
  readonly other: number | null;
}

/** What this process, and another one, take while nothing but timers runs here. */
export async function cpuPercent(otherPid: number | null = null): Promise<CpuPercent> {
  const before = process.cpuUsage();
  const otherBefore = cpuMsOf(otherPid);
  const startedAt = performance.now();
  await new Promise((resolve) => setTimeout(resolve, MEASURED_MS));
  const { user, system } = process.cpuUsage(before);
  const otherAfter = cpuMsOf(otherPid);
  const percentOf = (ms: number): number => (ms / (performance.now() - startedAt)) * 100;
  return {
    own: percentOf((user + system) / 1_000),
    other: otherBefore === null || otherAfter === null ? null : percentOf(otherAfter - otherBefore),
  };
}

function cpuMsOf(pid: number | null): number | null {
  if (pid === null) return null;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
  } catch {
    // Not on this machine, or it has ended.
    return null;
  }
}
