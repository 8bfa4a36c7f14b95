import { readdirSync, readFileSync } from 'node:fs';
import type { ProcessRow } from './process-row.ts';

/** Clock ticks per second of /proc; fixed to 100 on every Linux that Node runs on (USER_HZ). */
const MS_PER_TICK = 10;
/** After so many looks a process that was in no watched group is asked again: its number may belong to another one. */
const RECHECK_LOOKS = 16;

/** Reads the members of process groups. */
export type ReadRows = (groups: ReadonlySet<number>) => readonly ProcessRow[];

/**
 * Reads them from /proc. A process starts in its parent's group, so one that was seen outside is not read again at each
 * look: that makes a look cost what the group costs, not what the machine runs.
 */
export function createLinuxRows(): ReadRows {
  const outside = new Map<number, number>();
  const pageBytes = readPageBytes();
  let look = 0;
  return (groups) => {
    look += 1;
    const rows: ProcessRow[] = [];
    const alive = new Set<number>();
    for (const entry of listProcesses()) {
      const pid = Number(entry);
      if (!Number.isInteger(pid)) continue;
      alive.add(pid);
      const recheckAt = outside.get(pid);
      if (recheckAt !== undefined && look < recheckAt && !groups.has(pid)) continue;
      const row = readRow(pid, groups, pageBytes);
      if (row === null) outside.set(pid, look + RECHECK_LOOKS + (pid % RECHECK_LOOKS));
      else {
        outside.delete(pid);
        rows.push(row);
      }
    }
    for (const pid of outside.keys()) if (!alive.has(pid)) outside.delete(pid);
    return rows;
  };
}

/** Null for a process outside of the groups, and for one that has ended meanwhile. */
function readRow(pid: number, groups: ReadonlySet<number>, pageBytes: number): ProcessRow | null {
  const stat = readText(`/proc/${pid}/stat`);
  // The command in parentheses may hold spaces; what follows it begins with field 3 (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const group = Number(fields[2]);
  if (!groups.has(group)) return null;
  const ticks = Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14]);
  const [, resident = '0', shared = '0'] = readText(`/proc/${pid}/statm`).split(' ');
  const io = readText(`/proc/${pid}/io`);
  return {
    pid,
    parent: Number(fields[1]),
    group,
    threads: Number(fields[17]),
    cpuMs: ticks * MS_PER_TICK,
    memoryBytes: Math.max(0, Number(resident) - Number(shared)) * pageBytes,
    readBytes: ioField(io, 'read_bytes'),
    writtenBytes: ioField(io, 'write_bytes'),
  };
}

/** Node does not tell the page size, in which statm(5) counts; it tells our own memory in bytes, and statm in pages. */
function readPageBytes(): number {
  const pages = Number(readText('/proc/self/statm').split(' ')[1]);
  return pages > 0 ? 2 ** Math.round(Math.log2(process.memoryUsage.rss() / pages)) : 4_096;
}

function ioField(io: string, name: string): number | null {
  const value = new RegExp(`^${name}: (\\d+)$`, 'm').exec(io)?.[1];
  return value === undefined ? null : Number(value);
}

/** None when there is no file handle left to look with; the next look may have one. */
function listProcesses(): readonly string[] {
  try {
    return readdirSync('/proc');
  } catch {
    return [];
  }
}

/** '' when the process has ended, or does not let us look. */
function readText(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}

/** Processor time of all children of this process that have ended, and of theirs: how much a child used shows when it is gone. */
export function endedChildrenCpuMs(): number {
  const stat = readText('/proc/self/stat');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) * MS_PER_TICK;
}
