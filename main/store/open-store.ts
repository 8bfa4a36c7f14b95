import { type ApprovalRequests, createApprovalRequests } from './approval-requests.ts';
import { type CacheIndex, createCacheIndex } from './caches.ts';
import { type CancelRequests, createCancelRequests } from './cancel-requests.ts';
import { createEventLog, type EventLog } from './event-log.ts';
import { createFingerprints, type Fingerprints } from './fingerprints.ts';
import { createLockQueue, type LockQueue } from './lock-queue.ts';
import { openDatabase } from './open-database.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { createPipelineStates, type StoredStates } from './pipeline-states.ts';
import { createProjects, type Projects } from './projects.ts';
import { createReports, type StoredReports } from './reports.ts';
import { createRetention, type Retention } from './retention.ts';
import { createRuns, type Runs } from './runs.ts';
import { createStageDurations } from './stage-durations.ts';
import type { StageDurations } from '#main/engine/ports.ts';
import { createSettings, type Settings } from './settings.ts';
import { createTriggerStore, type TriggerStore } from './triggers.ts';

/** Everything that is kept in a data folder's database. All calls are synchronous. */
export interface Store {
  readonly events: EventLog;
  readonly runs: Runs;
  readonly projects: Projects;
  readonly reports: StoredReports;
  readonly settings: Settings;
  readonly cancelRequests: CancelRequests;
  readonly approvalRequests: ApprovalRequests;
  readonly triggers: TriggerStore;
  /** Notifications that are on their way. */
  readonly outbox: Outbox;
  readonly caches: CacheIndex;
  readonly fingerprints: Fingerprints;
  readonly lockQueue: LockQueue;
  readonly states: StoredStates;
  readonly stageDurations: StageDurations;
  readonly retention: Retention;
  /** Idempotent; nothing may be called after it. */
  close(): void;
}

/**
 * Opens the store of a data folder; any number of processes may have it open.
 * @param now epoch milliseconds
 * @throws AppError `data-folder-unusable`, `database-newer`
 */
export function openStore(dataDir: string, now: () => number = Date.now): Store {
  const db = openDatabase(dataDir);
  return {
    events: createEventLog(db),
    runs: createRuns(db),
    projects: createProjects(db, now),
    reports: createReports(db),
    settings: createSettings(db),
    cancelRequests: createCancelRequests(db),
    approvalRequests: createApprovalRequests(db),
    triggers: createTriggerStore(db),
    outbox: createOutbox(db),
    caches: createCacheIndex(db, now),
    fingerprints: createFingerprints(db, now),
    lockQueue: createLockQueue(db),
    states: createPipelineStates(db),
    stageDurations: createStageDurations(db),
    retention: createRetention(db),
    close: () => db.close(),
  };
}
