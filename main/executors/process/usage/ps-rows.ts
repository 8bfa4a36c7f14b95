import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ProcessRow } from './process-row.ts';

const run = promisify(execFile);

/**
 * Reads the members of process groups with `ps`, for macOS and other systems without /proc. It tells nothing of files read
 * and written, nor of children that have ended; memory is what is resident, shared files with it.
 */
export async function readPsRows(groups: ReadonlySet<number>): Promise<readonly ProcessRow[]> {
  try {
    const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,pgid=,rss=,time='], {
      env: { ...process.env, LC_ALL: 'C' },
    });
    return parsePs(stdout).filter(({ group }) => groups.has(group));
  } catch {
    // Without ps nothing is measured, which is what no rows say.
    return [];
  }
}

export function parsePs(text: string): readonly ProcessRow[] {
  return text.split('\n').flatMap((line) => {
    const [pid, parent, group, kibibytes, time] = line.trim().split(/\s+/);
    if (time === undefined) return [];
    const cpuMs = parsePsTime(time);
    const memoryBytes = Number(kibibytes) * 1_024;
    const numbers = { pid: Number(pid), parent: Number(parent), group: Number(group) };
    return [{ ...numbers, threads: 1, cpuMs, memoryBytes, readBytes: null, writtenBytes: null }];
  });
}

/** `1-02:03:04`, `02:03:04`, `3:04.25`. */
function parsePsTime(text: string): number {
  const [clock = '', days = '0'] = text.split('-').reverse();
  const seconds = clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return Math.round((Number(days) * 86_400 + seconds) * 1_000);
}
