/** What a step's process in the container has told of itself in its file, and of what it had there. */
export interface StepFacts {
  /** Why it could not be tried. */
  readonly notTried: 'missing' | 'no-folder' | null;
  /** Processes of the container that the kernel ended for their memory while it ran; null: nobody counts them. */
  readonly oomKills: number | null;
  /** Processes that could not be started for the limit of `pids`; null: nobody counts them. */
  readonly refusedProcesses: number | null;
  /** Where in the container no space was left when it had failed. */
  readonly fullFolders: readonly string[];
}

/** Of cgroup v2 and v1: a file, and the name of its counter. */
const OOM_COUNTERS = ['memory.events oom_kill', 'memory/memory.oom_control oom_kill'];
const PID_COUNTERS = ['pids.events max', 'pids/pids.events max'];
const FULL = /^\S.*\s\d+\s+\d+\s+0\s+\d+%\s+(\/.*)$/;

/** Reads what `STEP_SCRIPT` wrote; an empty text, as of a file that is not there, tells nothing. */
export function readStepFacts(text: string): StepFacts {
  const lines = text.split('\n').map((line) => line.trim());
  const [first = ''] = lines;
  return {
    notTried: first === 'missing' || first === 'no-folder' ? first : null,
    oomKills: increase(lines, OOM_COUNTERS),
    refusedProcesses: increase(lines, PID_COUNTERS),
    fullFolders: [...new Set(lines.flatMap((line) => FULL.exec(line)?.[1] ?? []))],
  };
}

/** From the first count to the last one. */
function increase(lines: readonly string[], counters: readonly string[]): number | null {
  for (const counter of counters) {
    const counts = lines.filter((line) => line.startsWith(`${counter} `)).map((line) => count(line));
    if (counts.length > 1) return counts.at(-1)! - counts[0]!;
  }
  return null;
}

const count = (line: string): number => Number(line.slice(line.lastIndexOf(' ') + 1));
