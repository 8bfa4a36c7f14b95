import type Docker from 'dockerode';

/** Keeps a container's own files within a size, where the storage of the daemon knows no limits. */
export interface DiskWatch {
  /** Whether there was once more than the limit. */
  isOver(): boolean;
  stop(): void;
}

const MIN_SPACE_MS = 2_000;
/** The daemon adds up all files for a look: it is to do that a tenth of the time at most. */
const LOOK_SHARE = 10;

/**
 * Looks at the size of what the container has written outside of its mounts, again and again until it is too much.
 * @param onOver called once
 */
export function watchDisk(
  container: Pick<Docker.Container, 'inspect'>,
  limitBytes: number,
  onOver: () => void,
): DiskWatch {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  let isStopped = false;
  arm(MIN_SPACE_MS);

  function arm(spaceMs: number): void {
    if (!isStopped) timer = setTimeout(() => void look(), spaceMs).unref();
  }

  async function look(): Promise<void> {
    const startedAt = performance.now();
    const bytes = await writtenBytes(container);
    if (isStopped) return;
    if (bytes === null || bytes <= limitBytes) {
      arm(Math.max(MIN_SPACE_MS, LOOK_SHARE * (performance.now() - startedAt)));
      return;
    }
    isOver = true;
    onOver();
  }

  return {
    isOver: () => isOver,
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

/** Null when the daemon or the container is gone: whoever runs the steps says so. */
async function writtenBytes(container: Pick<Docker.Container, 'inspect'>): Promise<number | null> {
  const withSize: object = { size: true };
  try {
    const { SizeRw } = (await container.inspect(withSize)) as { readonly SizeRw?: number };
    return SizeRw ?? null;
  } catch {
    return null;
  }
}
