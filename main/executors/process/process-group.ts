import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const isWindows = process.platform === 'win32';

/**
 * Sends a signal to a process and all that it started.
 * On Unix to the process group that `pid` leads; on Windows `taskkill /T` ends the tree (there are no signals).
 * @returns false when nobody was there to get it
 */
export function signalGroup(pid: number, signal: 'SIGTERM' | 'SIGKILL' | 0): boolean {
  try {
    if (!isWindows) return process.kill(-pid, signal);
    if (signal === 0) return process.kill(pid, 0);
    const force = signal === 'SIGKILL' ? ['/F'] : [];
    spawn('taskkill', ['/PID', String(pid), '/T', ...force], { stdio: 'ignore', windowsHide: true }).on(
      'error',
      () => process.kill(pid, signal),
    );
    return true;
  } catch (error) {
    // EPERM: it exists but is not ours, as a set-uid program may be; it counts as there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const POLL_MS = 10;

/**
 * Ends a process group: asks, waits `graceMs`, then forces.
 * @returns when nobody of the group is left, or after a second grace for what cannot be killed (uninterruptible I/O)
 */
export async function endGroup(pid: number, graceMs: number): Promise<void> {
  if (!signalGroup(pid, 'SIGTERM')) return;
  if (await isGoneWithin(pid, graceMs)) return;
  signalGroup(pid, 'SIGKILL');
  await isGoneWithin(pid, Math.max(graceMs, 1_000));
}

async function isGoneWithin(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (performance.now() < deadline) {
    if (!hasLiveMember(pid)) return true;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return !hasLiveMember(pid);
}

/**
 * Whether anyone of the group still runs. A container without an init leaves dead orphans as zombies, to which signals
 * can be sent for ever; on Linux they are told apart by their state (proc(5), fields 3 and 5).
 */
function hasLiveMember(pid: number): boolean {
  if (!signalGroup(pid, 0)) return false;
  if (process.platform !== 'linux') return true;
  return readdirSync('/proc').some((entry) => {
    if (!/^\d+$/.test(entry)) return false;
    const [state, , group] = statFields(entry);
    return Number(group) === pid && state !== 'Z' && state !== 'X';
  });
}

function statFields(pid: string): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    // It ended between the listing and the look.
    return [];
  }
}
