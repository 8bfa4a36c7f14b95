import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Clocks of other platforms give whole seconds, and a process starts a little before its clock can be read. */
const TOLERANCE_MS = 3_000;

/** What tells a process from any other that had or will have its id. */
export interface ProcessStamp {
  /** Linux: the boot and the kernel's start tick, which do not move when the clock is set; null elsewhere. */
  readonly exact: string | null;
  /** Epoch milliseconds. */
  readonly startedAt: number;
}

/** Whether the process of that id still is the one that `stamp` was made of. A zombie is not: it does no more work. */
export function isSameProcess(pid: number, stamp: ProcessStamp): boolean {
  if (!processExists(pid)) return false;
  if (stamp.exact !== null) return linuxStamp(pid) === stamp.exact;
  const startedAt = startTimeByCommand(pid);
  return startedAt !== null && Math.abs(startedAt - stamp.startedAt) <= TOLERANCE_MS;
}

/** This process. @param nowMs epoch milliseconds */
export function ownStamp(nowMs: number): ProcessStamp {
  return {
    exact: process.platform === 'linux' ? linuxStamp(process.pid) : null,
    startedAt: Math.round(nowMs - process.uptime() * 1_000),
  };
}

/** Whether some process has this id. */
export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, but belongs to someone else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function linuxStamp(pid: number): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command's name, in brackets, may hold spaces; the start tick is the 20th field after it.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' || state === 'X' ? null : `${boot}/${pid}/${fields[18] ?? ''}`;
  } catch {
    // It ended in between.
    return null;
  }
}

function startTimeByCommand(pid: number): number | null {
  const [command, args] =
    process.platform === 'win32'
      ? [
          'powershell.exe',
          ['-NoProfile', '-Command', `(Get-Process -Id ${pid}).StartTime.ToUniversalTime().ToString('o')`],
        ]
      : ['ps', ['-o', 'lstart=', '-p', String(pid)]];
  try {
    const env = { ...process.env, LC_ALL: 'C' };
    const text = execFileSync(command, args, {
      encoding: 'utf8',
      env,
      windowsHide: true,
      timeout: 10_000,
      stdio: 'pipe',
    });
    const startedAt = Date.parse(text.trim());
    return Number.isNaN(startedAt) ? null : startedAt;
  } catch {
    // It ended in between.
    return null;
  }
}
