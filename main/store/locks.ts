import type { Locks, RunOwner, Supersession } from '#main/engine/ports.ts';
import { toAppError } from '#shared/lib/app-error.ts';
import type { LockQueue } from './lock-queue.ts';

/** How soon a lock that another process frees is seen. */
const POLL_MS = 150;

interface Waiter {
  readonly id: number;
  readonly owner: RunOwner;
  readonly granted: () => void;
  readonly failed: (error: unknown) => void;
}

/** A request that a later one may end, whether it holds its locks or waits. */
interface Endable {
  readonly supersession: Supersession;
  /** The last request that it was told of. */
  readonly lastEnder: number;
}

export interface LocksOptions {
  readonly queue: LockQueue;
  readonly isAlive: (owner: RunOwner) => boolean;
}

/** Waiters of this process wake each other; what other processes do is polled for, by one timer for all of them. */
export function createLocks({ queue, isAlive }: LocksOptions): Locks {
  const waiters = new Map<number, Waiter>();
  const endable = new Map<number, Endable>();
  /** Requests that are over and that the store did not let go, as on a full disk. */
  const unremoved = new Set<number>();
  let timer: NodeJS.Timeout | null = null;

  function remove(id: number): void {
    try {
      queue.remove(id);
      unremoved.delete(id);
    } catch {
      // Tried again with the next look: who holds a lock must be able to end without one.
      unremoved.add(id);
    }
  }

  /**
   * Whether the request holds its locks now. Requests of dead owners are removed on the way, at polls only, since asking
   * the system about each blocker costs more than the query.
   */
  function isFirst(id: number, owner: RunOwner, asksOwners: boolean): boolean {
    const blockers = queue.blockersOf(id);
    if (!asksOwners) return blockers.length === 0;
    let living = 0;
    for (const blocker of blockers) {
      if (isSame(blocker.owner, owner) || isAlive(blocker.owner)) living += 1;
      else queue.remove(blocker.id);
    }
    return living === 0;
  }

  function wake(asksOwners: boolean): void {
    for (const waiter of [...waiters.values()]) {
      try {
        if (!isFirst(waiter.id, waiter.owner, asksOwners)) continue;
        waiters.delete(waiter.id);
        waiter.granted();
      } catch (error) {
        waiters.delete(waiter.id);
        waiter.failed(error);
      }
    }
    schedule();
  }

  function tellEnded(): void {
    for (const [id, { supersession, lastEnder }] of [...endable]) {
      for (const ender of queue.endersOf(lastEnder, supersession.name)) {
        endable.set(id, { supersession, lastEnder: ender.id });
        supersession.onSuperseded(ender.holder);
      }
    }
  }

  /** A store that cannot be read now is read with the next look. */
  function look(): void {
    try {
      tellEnded();
    } catch (error) {
      if (toAppError(error).kind === 'bug') throw error;
    }
    wake(true);
  }

  function schedule(): void {
    const isWaitedFor = waiters.size + endable.size > 0;
    const isNeeded = isWaitedFor || unremoved.size > 0;
    if (isWaitedFor) timer?.ref();
    if (isNeeded && timer === null) {
      timer = setTimeout(() => {
        timer = null;
        for (const id of [...unremoved]) remove(id);
        look();
      }, POLL_MS);
      if (!isWaitedFor) timer.unref();
    } else if (!isNeeded && timer !== null) {
      clearTimeout(timer);
      timer = null;
    }
  }

  function releaser(id: number): () => void {
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      endable.delete(id);
      remove(id);
      wake(false);
    };
  }

  return {
    async acquire(names, owner, holder, signal, supersession) {
      signal.throwIfAborted();
      if (names.length === 0) return () => undefined;
      const id = queue.add(names, owner, holder, supersession?.endsOthers ? supersession.name : null);
      const release = releaser(id);
      try {
        if (supersession?.endsOthers) tellEnded();
        if (supersession !== undefined) endable.set(id, { supersession, lastEnder: id });
        schedule();
        if (isFirst(id, owner, true)) return release;
        const { promise, resolve, reject } = Promise.withResolvers<null>();
        const abort = (): void => {
          waiters.delete(id);
          reject(signal.reason as Error);
        };
        signal.addEventListener('abort', abort, { once: true });
        waiters.set(id, { id, owner, granted: () => resolve(null), failed: reject });
        schedule();
        await promise.finally(() => signal.removeEventListener('abort', abort));
        return release;
      } catch (error) {
        release();
        throw error;
      }
    },
  };
}

function isSame(a: RunOwner, b: RunOwner): boolean {
  return a.hostId === b.hostId && a.pid === b.pid && a.startedAt === b.startedAt;
}
