import type { Clock } from '#main/engine/ports.ts';
import type { RunId } from '#shared/lib/ids.ts';
import type { Host } from '../create-host.ts';

/** How soon it is noticed that a host has died. */
const LOOK_MS = 2_000;

/** Runs that were interrupted by whichever host found them are told with their change. */
type OwnersHost = Pick<Host, 'adopt' | 'resumeByPlan'> & { readonly store: Pick<Host['store'], 'runs'> };

export interface OwnerWatch {
  /** Resolves when a look that is under way is over. */
  close(): Promise<void>;
}

/**
 * Notices while this host stays that another one on its data folder has died: takes over its runs, and goes on with those
 * whose file says `on-restart: resume`, also when a command that has ended since was the one to find them. Costs two
 * queries and a look at each owner's process.
 */
export function watchOwners({ adopt, resumeByPlan, store }: OwnersHost, clock: Clock): OwnerWatch {
  let cursor = store.runs.changeCursor();
  let cancel: () => void = () => undefined;
  let closed = false;

  async function look(): Promise<void> {
    await adopt();
    const changed = store.runs.changedSince(cursor);
    const interrupted: RunId[] = changed.runs.flatMap(({ id, status }) =>
      status === 'interrupted' ? [id] : [],
    );
    if (interrupted.length > 0 && !closed) resumeByPlan(interrupted);
    cursor = changed.cursor;
  }

  let looking = Promise.resolve();
  function arm(): void {
    cancel = clock.after(LOOK_MS, () => {
      // A store that is busy or full now is asked again with the next look.
      looking = look()
        .catch(() => undefined)
        .then(() => {
          if (!closed) arm();
        });
    });
  }
  arm();

  return {
    async close() {
      closed = true;
      cancel();
      await looking;
    },
  };
}
