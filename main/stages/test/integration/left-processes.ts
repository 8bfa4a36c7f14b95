import { readdir, readFile } from 'node:fs/promises';

/** What tests started and did not end. */
export interface LeftProcess {
  readonly pid: number;
  /** Its words, made short. */
  readonly command: string;
}

const MAX_COMMAND = 120;

/**
 * The processes of this machine that have a variable in their environment: those that a command started which was given it,
 * whatever group or session they have moved to. Linux alone tells; null elsewhere.
 */
export async function leftProcesses(name: string, value: string): Promise<readonly LeftProcess[] | null> {
  if (process.platform !== 'linux') return null;
  const wanted = `\0${name}=${value}\0`;
  const left: LeftProcess[] = [];
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const environment = await read(`/proc/${entry}/environ`);
    if (!`\0${environment}`.includes(wanted)) continue;
    const words = (await read(`/proc/${entry}/cmdline`)).split('\0').join(' ').trim();
    // One that has ended, but that nobody has looked at yet, has no words.
    if (words !== '') left.push({ pid: Number(entry), command: words.slice(0, MAX_COMMAND) });
  }
  return left;
}

/** Ends them by force. One that is gone already is fine. */
export function endProcesses(processes: readonly LeftProcess[]): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

/** '' for a process of someone else, or that ended meanwhile. */
async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'latin1');
  } catch {
    return '';
  }
}
