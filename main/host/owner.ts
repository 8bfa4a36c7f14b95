import { randomUUID } from 'node:crypto';
import type { RunOwner } from '#main/engine/ports.ts';
import { isSameProcess, ownStamp, processExists } from './process-stamp.ts';

/** Marks a host id that holds an exact stamp. */
const EXACT = 'boot:';

/** This process as the owner of runs. @param nowMs epoch milliseconds */
export function createOwner(nowMs: number): RunOwner {
  const { exact, startedAt } = ownStamp(nowMs);
  return { hostId: exact === null ? randomUUID() : EXACT + exact, pid: process.pid, startedAt };
}

/** Whether the process that owns a run still is there; another one with the same pid is not it. */
export function isOwnerAlive({ hostId, pid, startedAt }: RunOwner): boolean {
  return isSameProcess(pid, {
    exact: hostId.startsWith(EXACT) ? hostId.slice(EXACT.length) : null,
    startedAt,
  });
}

/** An id of a process is not given to another one so soon. */
const RECHECK_MS = 60_000;

/**
 * As `isOwnerAlive`, for who asks every few seconds: where the time at which a process started must be asked of a command,
 * that is done once a minute, and in between its id will do.
 * @param nowMs epoch milliseconds
 */
export function createOwnerCheck(nowMs: () => number): (owner: RunOwner) => boolean {
  const checkedAt = new Map<string, number>();
  return (owner) => {
    if (owner.hostId.startsWith(EXACT)) return isOwnerAlive(owner);
    const key = `${owner.hostId} ${owner.pid} ${owner.startedAt}`;
    const last = checkedAt.get(key);
    if (last !== undefined && Math.abs(nowMs() - last) < RECHECK_MS && processExists(owner.pid)) return true;
    const isAlive = isOwnerAlive(owner);
    if (isAlive) checkedAt.set(key, nowMs());
    else checkedAt.delete(key);
    return isAlive;
  };
}
