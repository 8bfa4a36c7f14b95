import { existsSync, readdirSync } from 'node:fs';
import { createKeptFiles, type KeptFile, readText } from './kept-files.ts';
import type { ProcessRow } from './process-row.ts';

/** Clock ticks per second of /proc; fixed to 100 on every Linux that Node runs on (USER_HZ). */
const MS_PER_TICK = 10;
/** After so many looks a process that was in no watched group is asked again: its number may belong to another one. */
const RECHECK_LOOKS = 16;
/** So many numbers are asked for one by one before all processes are listed. */
const MAX_MADE = 64;

/** `quick`: what was read and written is that of the last full look. */
export type Depth = 'full' | 'quick';

/** Reads the members of process groups. */
export interface LinuxRows {
  /** To be called before the first look at a group. */
  follow(group: number): void;
  read(groups: ReadonlyMap<number, Depth>): readonly ProcessRow[];
  /** Lets go of what is kept for a group; to be called once nobody looks at it any more. */
  forget(group: number): void;
}

/** What is known of a member from one look to the next. */
interface Member {
  group: number;
  io: Pick<ProcessRow, 'readBytes' | 'writtenBytes'>;
  /** Kept open for who is looked at quickly. */
  files: { readonly stat: KeptFile; readonly statm: KeptFile } | null;
}

/**
 * Reads them from /proc. A process starts in its parent's group, so one that was seen outside is not read again at each
 * look, and a quick look asks only for those that are known and those that were made meanwhile: that makes a look cost what
 * the groups cost, not what the machine runs.
 */
export function createLinuxRows(): LinuxRows {
  const outside = new Map<number, number>();
  const members = new Map<number, Member>();
  /** Each group, and which process was the newest when all were last listed for it. */
  const followed = new Map<number, number | null>();
  const kept = createKeptFiles();
  const pageBytes = readPageBytes();
  let look = 0;

  function drop(pid: number): void {
    const files = members.get(pid)?.files;
    files?.stat.close();
    files?.statm.close();
    members.delete(pid);
  }

  function list(groups: ReadonlyMap<number, Depth>): readonly number[] {
    const pids: number[] = [];
    const alive = new Set<number>();
    for (const entry of listProcesses()) {
      const pid = Number(entry);
      if (!Number.isInteger(pid)) continue;
      alive.add(pid);
      const recheckAt = outside.get(pid);
      if (recheckAt === undefined || look >= recheckAt || groups.has(pid)) pids.push(pid);
    }
    for (const pid of outside.keys()) if (!alive.has(pid)) outside.delete(pid);
    for (const pid of members.keys()) if (!alive.has(pid)) drop(pid);
    return pids;
  }

  function candidates(groups: ReadonlyMap<number, Depth>): Iterable<number> {
    const newest = newestProcess(readText('/proc/loadavg'));
    const isQuick = ![...groups.values()].includes('full');
    const known = Math.min(...[...groups.keys()].map((group) => followed.get(group) ?? 0));
    for (const group of groups.keys()) followed.set(group, newest);
    const made = isQuick && newest !== null && known > 0 ? madeSince(known, newest) : null;
    return made === null ? list(groups) : new Set([...members.keys(), ...made]);
  }

  /** Null for a process outside of the groups, and for one that has ended meanwhile: `outside` knows those of nobody. */
  function readRow(pid: number, groups: ReadonlyMap<number, Depth>): ProcessRow | null {
    const known = members.get(pid);
    const stat = known?.files?.stat.read() ?? readText(`/proc/${pid}/stat`);
    // The command in parentheses may hold spaces; what follows it begins with field 3 (proc(5)).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const group = Number(fields[2]);
    const depth = groups.get(group);
    if (depth === undefined) {
      drop(pid);
      // One of a group that is looked at another time is met again then. If it has ended, the next list is without it.
      if (!followed.has(group)) outside.set(pid, look + RECHECK_LOOKS + (pid % RECHECK_LOOKS));
      return null;
    }
    outside.delete(pid);
    // It has ended, and only waits to be asked how: it holds nothing any more, which says nothing about its time.
    if (fields[0] === 'Z' && pid === group) return null;
    const member: Member = known ?? { group, io: readIo(pid), files: null };
    if (known !== undefined && depth === 'full') member.io = readIo(pid);
    if (depth === 'quick')
      member.files ??= { stat: kept.open(`/proc/${pid}/stat`), statm: kept.open(`/proc/${pid}/statm`) };
    member.group = group;
    members.set(pid, member);
    const statm = member.files?.statm.read() ?? readText(`/proc/${pid}/statm`);
    const [, resident = '0', shared = '0'] = statm.split(' ');
    const ticks = Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14]);
    return {
      pid,
      parent: Number(fields[1]),
      group,
      threads: Number(fields[17]),
      cpuMs: ticks * MS_PER_TICK,
      memoryBytes: Math.max(0, Number(resident) - Number(shared)) * pageBytes,
      ...member.io,
    };
  }

  return {
    follow: (group) => void followed.set(group, null),
    read(groups) {
      look += 1;
      const rows: ProcessRow[] = [];
      for (const pid of candidates(groups)) {
        const of = members.get(pid)?.group;
        if (of !== undefined && !groups.has(of)) continue;
        const row = readRow(pid, groups);
        if (row !== null) rows.push(row);
      }
      return rows;
    },
    forget(group) {
      followed.delete(group);
      for (const [pid, member] of members) if (member.group === group) drop(pid);
    },
  };
}

/** The last process or thread that was made, which `loadavg` tells; null where the kernel does not (proc(5)). */
function newestProcess(loadavg: string): number | null {
  const newest = Number(loadavg.trimEnd().split(' ')[4]);
  return newest > 0 ? newest : null;
}

/** Numbers go up, and begin anew at their end; null when there were so many that a list is less work. */
function madeSince(known: number, newest: number): readonly number[] | null {
  if (newest < known || newest - known > MAX_MADE) return null;
  return Array.from({ length: newest - known }, (_, index) => known + 1 + index).filter(isProcess);
}

/** Threads have numbers, too, and a folder that is in no list. */
function isProcess(pid: number): boolean {
  if (!existsSync(`/proc/${pid}/status`)) return false;
  const status = readText(`/proc/${pid}/status`);
  return Number(/^Tgid:\s*(\d+)$/m.exec(status)?.[1]) === pid;
}

function readIo(pid: number): Member['io'] {
  const io = readText(`/proc/${pid}/io`);
  return { readBytes: ioField(io, 'read_bytes'), writtenBytes: ioField(io, 'write_bytes') };
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

/** Processor time of all children of this process that have ended, and of theirs: how much a child used shows when it is gone. */
export function endedChildrenCpuMs(): number {
  const stat = readText('/proc/self/stat');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) * MS_PER_TICK;
}
