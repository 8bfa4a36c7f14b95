import { readdirSync, readFileSync } from 'node:fs';

/** Between hanging up and ending by force. */
const GRACE_MS = 1_000;
const POLL_MS = 10;

/**
 * Ends the session that a process leads: hangs up, waits, then forces. On Linux everyone in it, with the jobs that a shell put
 * into groups of their own; elsewhere its own group, and a shell hangs up its jobs itself. Nothing on Windows, where a
 * pseudoconsole ends what is attached to it.
 * @returns when nobody of it is left, or the force had no effect
 */
export async function endSession(pid: number): Promise<void> {
  if (process.platform === 'win32' || !signalSession(pid, 'SIGHUP')) return;
  if (await isGone(pid)) return;
  signalSession(pid, 'SIGKILL');
  await isGone(pid);
}

async function isGone(pid: number): Promise<boolean> {
  const deadline = performance.now() + GRACE_MS;
  while (performance.now() < deadline) {
    if (!signalSession(pid, 0)) return true;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return !signalSession(pid, 0);
}

/** @returns false when nobody was there to get it */
function signalSession(pid: number, signal: 'SIGHUP' | 'SIGKILL' | 0): boolean {
  if (process.platform !== 'linux') return send(-pid, signal);
  const members = membersOf(pid);
  for (const member of members) send(member, signal);
  return members.length > 0;
}

function send(target: number, signal: 'SIGHUP' | 'SIGKILL' | 0): boolean {
  try {
    return process.kill(target, signal);
  } catch (error) {
    // Not ours, as a set-uid program may be: it counts as there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Those of a session who still run (proc(5): state and session are fields 3 and 6). */
function membersOf(session: number): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => {
      const [state, , , of] = statFields(pid);
      return Number(of) === session && state !== 'Z' && state !== 'X';
    });
}

function statFields(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    // It ended between the listing and the look.
    return [];
  }
}
