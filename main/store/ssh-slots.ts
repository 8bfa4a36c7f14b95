import type { RunOwner, SshSlots } from '#main/engine/ports.ts';
import type { SlotAnswer, SshSlotRequests } from './ssh-slot-requests.ts';

/** How soon slots that another process frees, and changes of hosts, are seen. */
const POLL_MS = 150;

export interface SshSlotsOptions {
  readonly requests: SshSlotRequests;
  readonly isAlive: (owner: RunOwner) => boolean;
}

interface Waiter {
  readonly settled: (host: string | null) => void;
  readonly failed: (error: unknown) => void;
}

/** Waiters of this process wake each other; what other processes do is polled for, by one timer for all of them. */
export function createSshSlots({ requests, isAlive }: SshSlotsOptions): SshSlots {
  const waiters = new Map<number, Waiter>();
  /** Requests that are over and that the store did not let go, as on a full disk. */
  const unremoved = new Set<number>();
  let timer: NodeJS.Timeout | null = null;

  function remove(id: number): void {
    try {
      requests.remove(id);
      unremoved.delete(id);
    } catch {
      // Tried again with the next look: who holds a slot must be able to end without one.
      unremoved.add(id);
    }
  }

  function removeDead(): void {
    for (const owner of requests.owners()) if (!isAlive(owner)) requests.removeOf(owner);
  }

  function tell(id: number, answer: SlotAnswer | undefined): void {
    const waiter = waiters.get(id);
    if (waiter === undefined || answer === undefined || answer.type === 'waits') return;
    waiters.delete(id);
    waiter.settled(answer.type === 'given' ? answer.host : null);
  }

  function look(asksOwners: boolean): void {
    try {
      if (waiters.size > 0) {
        if (asksOwners) removeDead();
        for (const [id, answer] of requests.settle([...waiters.keys()])) tell(id, answer);
      }
    } catch (error) {
      for (const [id, { failed }] of [...waiters]) {
        waiters.delete(id);
        failed(error);
      }
    }
    schedule();
  }

  function schedule(): void {
    const isNeeded = waiters.size + unremoved.size > 0;
    if (isNeeded && timer === null) {
      timer = setTimeout(() => {
        timer = null;
        for (const id of [...unremoved]) remove(id);
        look(true);
      }, POLL_MS);
      if (waiters.size === 0) timer.unref();
    } else if (isNeeded && waiters.size > 0) timer?.ref();
    else if (!isNeeded && timer !== null) {
      clearTimeout(timer);
      timer = null;
    }
  }

  return {
    async take(wish, slots, owner, holder, signal) {
      signal.throwIfAborted();
      removeDead();
      const id = requests.add(wish, slots, owner, holder);
      let isFree = false;
      const free = (): void => {
        if (isFree) return;
        isFree = true;
        remove(id);
        look(false);
      };
      const { promise, resolve, reject } = Promise.withResolvers<string | null>();
      const abort = (): void => {
        waiters.delete(id);
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', abort, { once: true });
      try {
        waiters.set(id, { settled: resolve, failed: reject });
        look(false);
        const host = await promise;
        if (host === null) free();
        return { host, free };
      } catch (error) {
        free();
        throw error;
      } finally {
        signal.removeEventListener('abort', abort);
      }
    },
  };
}
