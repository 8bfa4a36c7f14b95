import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { PlannedResources } from '#shared/pipeline/plan-place.ts';
import type { ShellCommand } from '../shell-command.ts';
import { type CgroupParent, cgroupDir } from './cgroup-parent.ts';

/** What a group of cgroup v2 tells; a figure is null where the kernel has no such file. */
export interface CgroupFigures {
  readonly cpuMs: number | null;
  readonly memoryPeakBytes: number | null;
  /** How often the kernel ended processes for want of memory. */
  readonly oomKills: number;
  /** How often a process was refused. */
  readonly refusedProcesses: number;
}

/** A group of cgroup v2 with limits, of one step. */
export interface Cgroup {
  /** The command in it from its first instruction on. */
  wrap(command: ShellCommand): ShellCommand;
  figures(): CgroupFigures;
  /** Ends who is left in it, also who has made a session of its own, and removes it. */
  close(): Promise<void>;
}

const CPU_PERIOD_US = 100_000;
const MIN_CPU_QUOTA_US = 1_000;

/** The shell moves itself and becomes the command: same process, same group, nothing of it is left. */
const ENTER = 'echo $$ > "$0" || exit 125; exec "$@"';

/** @throws when the group cannot be made */
export function openCgroup(parent: CgroupParent, limits: PlannedResources): Cgroup {
  const dir = cgroupDir(parent.dir);
  mkdirSync(dir);
  try {
    setLimits(dir, parent, limits);
  } catch (error) {
    rmdirSync(dir);
    throw error;
  }
  return {
    wrap: ({ file, args, ...rest }) => ({
      ...rest,
      file: '/bin/sh',
      args: ['-c', ENTER, path.join(dir, 'cgroup.procs'), file, ...args],
    }),
    figures: () => readFigures(dir),
    close: () => removeGroup(dir),
  };
}

function setLimits(dir: string, { holds }: CgroupParent, limits: PlannedResources): void {
  const set = (file: string, value: string): void => writeFileSync(path.join(dir, file), value);
  if (limits.cpus !== null && holds.has('cpu')) {
    const quotaUs = Math.max(MIN_CPU_QUOTA_US, Math.round(limits.cpus * CPU_PERIOD_US));
    set('cpu.max', `${quotaUs} ${CPU_PERIOD_US}`);
  }
  if (limits.pids !== null && holds.has('pids')) set('pids.max', String(limits.pids));
  if (limits.memoryBytes === null || !holds.has('memory')) return;
  set('memory.max', String(limits.memoryBytes));
  // One process ended out of many leaves a build that hangs or says something else; all of it ends, and says why.
  set('memory.oom.group', '1');
  // What is over the limit would go to swap instead, and the machine would crawl; there is no file without swap.
  if (existsSync(path.join(dir, 'memory.swap.max'))) set('memory.swap.max', '0');
}

function readFigures(dir: string): CgroupFigures {
  const read = (file: string): string => {
    try {
      return readFileSync(path.join(dir, file), 'utf8');
    } catch {
      // A controller that the group does not have, or a kernel before the file.
      return '';
    }
  };
  const field = (text: string, name: string): number | null => {
    const value = new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1];
    return value === undefined ? null : Number(value);
  };
  const cpuUs = field(read('cpu.stat'), 'usage_usec');
  const peak = read('memory.peak').trim();
  return {
    cpuMs: cpuUs === null ? null : Math.round(cpuUs / 1_000),
    memoryPeakBytes: peak === '' ? null : Number(peak),
    oomKills: field(read('memory.events'), 'oom_kill') ?? 0,
    refusedProcesses: field(read('pids.events'), 'max') ?? 0,
  };
}

const TRIES = 100;
const TRY_MS = 10;

async function removeGroup(dir: string): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    try {
      rmdirSync(dir);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    }
    endAll(dir);
    await new Promise((resolve) => setTimeout(resolve, TRY_MS));
  }
  // What cannot be killed (uninterruptible I/O) keeps it; a later start removes it.
}

function endAll(dir: string): void {
  try {
    // Kernels before 5.14 have no such file.
    if (existsSync(path.join(dir, 'cgroup.kill'))) {
      writeFileSync(path.join(dir, 'cgroup.kill'), '1');
      return;
    }
    for (const pid of readFileSync(path.join(dir, 'cgroup.procs'), 'utf8').split('\n')) {
      if (pid !== '') process.kill(Number(pid), 'SIGKILL');
    }
  } catch {
    // They ended by themselves between the look and the kill.
  }
}
