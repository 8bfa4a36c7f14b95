import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Clock ticks per second of /proc; fixed to 100 on every Linux that Node runs on (USER_HZ). */
const TICKS_PER_SECOND = 100;

/** When a process started, in epoch milliseconds, to within a second or two; null when there is no such process. */
export async function processStartedAt(pid: number): Promise<number | null> {
  try {
    if (process.platform === 'linux') return await startedAtOnLinux(pid);
    if (process.platform === 'win32') return await startedAtOnWindows(pid);
    const { stdout } = await run('ps', ['-o', 'lstart=', '-p', String(pid)], {
      env: { ...process.env, LC_ALL: 'C' },
    });
    return parsed(stdout);
  } catch {
    // Every way of asking fails when the process is gone, and then the answer is null.
    return null;
  }
}

async function startedAtOnLinux(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The command in parentheses may hold spaces; field 22 (starttime) is the 20th after it (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return bootedAt() + (Number(fields[19]) * 1_000) / TICKS_PER_SECOND;
}

let bootedAtMs: number | null = null;

function bootedAt(): number {
  bootedAtMs ??= Number(/^btime (\d+)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1]) * 1_000;
  return bootedAtMs;
}

async function startedAtOnWindows(pid: number): Promise<number | null> {
  const command = `(Get-Process -Id ${pid}).StartTime.ToUniversalTime().ToString('o')`;
  const { stdout } = await run('powershell', ['-NoProfile', '-NonInteractive', '-Command', command], {
    windowsHide: true,
  });
  return parsed(stdout);
}

function parsed(text: string): number | null {
  const time = Date.parse(text.trim());
  return Number.isNaN(time) ? null : time;
}
