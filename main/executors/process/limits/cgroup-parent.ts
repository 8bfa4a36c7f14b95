import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

/** A folder of cgroup v2 in which this user may make groups and move processes to them. */
export interface CgroupParent {
  readonly dir: string;
  /** What groups made there can be given. */
  readonly holds: ReadonlySet<'cpu' | 'memory' | 'pids'>;
}

const CONTROLLERS = ['cpu', 'memory', 'pids'] as const;

/** Groups of ours are named after the process that made them, so that those of a dead one can be told. */
const NAME = /^pipewright-(\d+)-\d+$/;

/**
 * Finds where groups can be made: in the root when this process is in it, else beside its own group, since a group with
 * processes of its own cannot pass controllers on. That works for root, and in what systemd delegates to a user, as it does
 * to desktop sessions; null elsewhere.
 */
export function findCgroupParent(proc = '/proc/self'): CgroupParent | null {
  if (process.platform !== 'linux') return null;
  try {
    const mount = mountPoint(readFileSync(path.join(proc, 'mountinfo'), 'utf8'));
    const own = /^0::(\/.*)$/m.exec(readFileSync(path.join(proc, 'cgroup'), 'utf8'))?.[1];
    if (mount === null || own === undefined || own.startsWith('/..')) return null;
    const dir = path.join(mount, own === '/' ? own : path.dirname(own));
    accessSync(dir, constants.W_OK);
    accessSync(path.join(dir, 'cgroup.procs'), constants.W_OK);
    return tryParent(dir);
  } catch {
    // Not there, or not ours to write: limits are kept in another way.
    return null;
  }
}

/** Passes on what the parent has and looks at what a group then gets. */
function tryParent(dir: string): CgroupParent {
  for (const controller of CONTROLLERS) {
    try {
      writeFileSync(path.join(dir, 'cgroup.subtree_control'), `+${controller}`);
    } catch {
      // It is not available here, or the parent has processes; the group shows what it got.
    }
  }
  removeDead(dir);
  const probe = cgroupDir(dir);
  mkdirSync(probe);
  try {
    const files = { cpu: 'cpu.max', memory: 'memory.max', pids: 'pids.max' } as const;
    const holds = CONTROLLERS.filter((controller) => existsSync(path.join(probe, files[controller])));
    return { dir, holds: new Set(holds) };
  } finally {
    rmdirSync(probe);
  }
}

let made = 0;

/** The folder of a new group, which is not made yet. */
export function cgroupDir(parent: string): string {
  made += 1;
  return path.join(parent, `pipewright-${process.pid}-${made}`);
}

/** A host that was killed leaves its groups; they are empty once its processes are ended. */
function removeDead(dir: string): void {
  for (const entry of readdirSync(dir)) {
    const pid = Number(NAME.exec(entry)?.[1]);
    if (Number.isNaN(pid) || existsSync(`/proc/${pid}`)) continue;
    try {
      rmdirSync(path.join(dir, entry));
    } catch {
      // Someone still runs in it; the next start looks again.
    }
  }
}

/** Of cgroup v2; octal escapes stand for spaces in it (proc(5)). */
function mountPoint(mountinfo: string): string | null {
  for (const line of mountinfo.split('\n')) {
    const [place = '', type = ''] = line.split(' - ');
    const point = place.split(' ')[4];
    if (type.startsWith('cgroup2 ') && point !== undefined)
      return point.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 8)));
  }
  return null;
}
