import { readdirSync, readFileSync } from 'node:fs';

/** Whether another process' environment and arguments can be read here; in a container of this machine, too. */
export const SEES_PROCESSES = process.platform === 'linux';

/** Pids of this machine whose environment holds `name=value`; one that has ended and waits to be collected has none. */
export function markedProcesses(name: string, value: string): number[] {
  return find('environ', (text) => text.split('\0').includes(`${name}=${value}`));
}

/** Pids of this machine that anyone sees this text of in their arguments. */
export function processesShowing(text: string): number[] {
  return find('cmdline', (line) => line.includes(text));
}

function find(file: 'environ' | 'cmdline', isIt: (content: string) => boolean): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => pid !== process.pid && isIt(read(pid, file)));
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    // It ended between the listing and the look, or is someone else's.
    return '';
  }
}
