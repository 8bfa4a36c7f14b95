import type Docker from 'dockerode';
import type { Usage } from '#shared/run/usage.ts';

/** Looks at what a container uses. */
export interface ContainerUsage {
  /**
   * Takes the last figures, unless the container was over before the first look; none come after it. Waits for a daemon
   * that does not answer no longer than a moment. Idempotent; never rejects.
   */
  stop(): Promise<void>;
}

/** The first look; what ends before costs nothing. */
const FIRST_MS = 400;
const MAX_SPACE_MS = 2_000;
/** What the last look may hold up the end of an attempt. */
const LAST_LOOK_MS = 1_500;

type Look = Pick<Usage, 'cpuMs' | 'memoryBytes' | 'readBytes' | 'writtenBytes'>;

/**
 * Asks the daemon now and then, first often and then every other second, as each question costs it a little. A daemon that
 * does not answer is asked again; nobody is told.
 */
export function watchContainerUsage(
  container: Pick<Docker.Container, 'stats'>,
  onUsage: (usage: Usage) => void,
): ContainerUsage {
  const startedAt = performance.now();
  let isOver = false;
  let last: Usage | null = null;
  let looking: Promise<void> = Promise.resolve();
  let stopping: Promise<void> | null = null;
  let timer = arm();

  function arm(): NodeJS.Timeout {
    const spaceMs = Math.min(MAX_SPACE_MS, Math.max(FIRST_MS, (performance.now() - startedAt) / 4));
    // Whoever waits for the steps keeps the process alive, not the looking.
    return setTimeout(() => {
      looking = look().then(() => {
        if (stopping === null) timer = arm();
      });
    }, spaceMs).unref();
  }

  async function look(): Promise<void> {
    try {
      const found = readStats(await container.stats({ stream: false, 'one-shot': true }));
      if (isOver || found === null) return;
      last = { ...found, memoryPeakBytes: Math.max(found.memoryBytes, last?.memoryPeakBytes ?? 0) };
      onUsage(last);
    } catch {
      // The daemon or the container is gone: whoever runs the steps says so.
    }
  }

  async function lastLook(): Promise<void> {
    clearTimeout(timer);
    if (last !== null) await within(looking.then(look), LAST_LOOK_MS);
    isOver = true;
  }

  return { stop: () => (stopping ??= lastLook()) };
}

/** What engines of today and older ones tell, with cgroup v1 or v2, of Linux; Podman leaves parts out. */
interface Stats {
  readonly cpu_stats?: { readonly cpu_usage?: { readonly total_usage?: number } };
  readonly memory_stats?: {
    readonly usage?: number;
    readonly stats?: Readonly<
      Partial<Record<'anon' | 'total_rss' | 'inactive_file' | 'total_inactive_file', number>>
    >;
  };
  readonly blkio_stats?: {
    readonly io_service_bytes_recursive?: readonly { readonly op: string; readonly value: number }[] | null;
  };
}

/** The figures of an answer of the daemon; null when it says nothing, as of a container that has ended. */
export function readStats(stats: Stats): Look | null {
  const cpuNs = stats.cpu_stats?.cpu_usage?.total_usage ?? 0;
  if (cpuNs === 0) return null;
  const { usage = 0, stats: memory = {} } = stats.memory_stats ?? {};
  // Files that are cached are not the processes' own; the kernel takes them back when it wants to.
  const cached = memory.inactive_file ?? memory.total_inactive_file ?? 0;
  const own = memory.anon ?? memory.total_rss ?? Math.max(0, usage - cached);
  const io = stats.blkio_stats?.io_service_bytes_recursive ?? [];
  const moved = (op: string): number | null => {
    const entries = io.filter((entry) => entry.op.toLowerCase() === op);
    return entries.length === 0 ? null : entries.reduce((sum, { value }) => sum + value, 0);
  };
  return {
    cpuMs: Math.round(cpuNs / 1e6),
    memoryBytes: own,
    readBytes: moved('read'),
    writtenBytes: moved('write'),
  };
}

async function within(work: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined);
  });
  await Promise.race([work, tooLong]);
  clearTimeout(timer);
}
