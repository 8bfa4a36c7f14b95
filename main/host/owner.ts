import { randomUUID } from 'node:crypto';
import type { RunOwner } from '#main/engine/ports.ts';
import { isSameProcess, ownStamp } from './process-stamp.ts';

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
