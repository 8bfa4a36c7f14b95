import { type ArtifactRecords, createArtifactRecords } from './artifact-records.ts';
import { createRepositoryChannels, type RepositoryChannels } from './repository-channels.ts';
import { createRepositoryVersions, type RepositoryVersions } from './repository-versions.ts';
import { type ApprovalRequests, createApprovalRequests } from './approval-requests.ts';
import { type CacheIndex, createCacheIndex } from './caches.ts';
import { type CancelRequests, createCancelRequests } from './cancel-requests.ts';
import { createEventLog, type EventLog } from './event-log.ts';
import { createFingerprints, type Fingerprints } from './fingerprints.ts';
import { createIgnoredFindings, type IgnoredFindings } from './ignored-findings.ts';
import { createLockQueue, type LockQueue } from './lock-queue.ts';
import { createMetricPoints, type MetricPoints } from './metric-points.ts';
import { openDatabase } from './open-database.ts';
import { openDatabaseToRead, type ReadableDatabase } from './open-to-read.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { createPipelineStates, type StoredStates } from './pipeline-states.ts';
import { createProjects, type Projects } from './projects.ts';
import { type ArtifactExpiry, createArtifactExpiry } from './artifact-expiry.ts';
import { createReferencedContent, type GoingReferences } from './referenced-content.ts';
import { createReportHistory } from './report-history.ts';
import { createReports, type StoredReports } from './reports.ts';
import { createRetention, type Retention } from './retention.ts';
import { createRunHolds, type RunHolds } from './run-holds.ts';
import { createRunLine, type RunLine } from './run-line.ts';
import { createRunSizes, type StoredRunSizes } from './run-sizes.ts';
import { createRuns, type Runs } from './runs.ts';
import { createSshHosts, type SshHosts } from './ssh-hosts.ts';
import { createSshSlotRequests, type SshSlotRequests } from './ssh-slot-requests.ts';
import { createStageDurations } from './stage-durations.ts';
import type { ReportHistory, StageDurations } from '#main/engine/ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { systemErrorCode } from '#shared/lib/system-error.ts';
import { createSettings, type Settings } from './settings.ts';
import { createTestResults, type StoredTestResults } from './test-results.ts';
import { createTriggerStore, type TriggerStore } from './triggers.ts';
import { createTrustGrants, type TrustGrants } from './trust.ts';

/** Everything that is kept in a data folder's database. All calls are synchronous. */
export interface Store {
  /** The data folder cannot be written to: reading works, every change throws. */
  readonly isReadOnly: boolean;
  readonly events: EventLog;
  readonly runs: Runs;
  readonly projects: Projects;
  readonly reports: StoredReports;
  readonly reportHistory: ReportHistory;
  readonly testResults: StoredTestResults;
  readonly metricPoints: MetricPoints;
  readonly ignoredFindings: IgnoredFindings;
  readonly runLine: RunLine;
  readonly settings: Settings;
  readonly cancelRequests: CancelRequests;
  readonly approvalRequests: ApprovalRequests;
  readonly triggers: TriggerStore;
  readonly trust: TrustGrants;
  /** Notifications that are on their way. */
  readonly outbox: Outbox;
  readonly caches: CacheIndex;
  readonly fingerprints: Fingerprints;
  readonly lockQueue: LockQueue;
  readonly sshHosts: SshHosts;
  readonly sshSlotRequests: SshSlotRequests;
  readonly states: StoredStates;
  readonly stageDurations: StageDurations;
  readonly retention: Retention;
  readonly artifactExpiry: ArtifactExpiry;
  readonly runSizes: StoredRunSizes;
  readonly runHolds: RunHolds;
  /** The local repository of packages. */
  readonly repository: {
    readonly versions: RepositoryVersions;
    readonly channels: RepositoryChannels;
    readonly records: ArtifactRecords;
  };
  /** Hashes of all content that something refers to which does not go. */
  referencedContent(going: GoingReferences): Set<string>;
  /** Idempotent; nothing may be called after it. */
  close(): void;
}

/**
 * Opens the store of a data folder; any number of processes may have it open.
 * @param now epoch milliseconds
 * @param mayBeReadOnly also opens a folder that cannot be written to, as it is at this moment
 * @throws AppError `data-folder-unusable`, `disk-full`, `database-newer`
 */
export function openStore(dataDir: string, now: () => number = Date.now, mayBeReadOnly = false): Store {
  const { db, close, isReadOnly } = open(dataDir, mayBeReadOnly);
  return {
    isReadOnly,
    events: createEventLog(db),
    runs: createRuns(db),
    projects: createProjects(db, now),
    reports: createReports(db),
    reportHistory: createReportHistory(db),
    testResults: createTestResults(db),
    metricPoints: createMetricPoints(db),
    ignoredFindings: createIgnoredFindings(db),
    runLine: createRunLine(db),
    settings: createSettings(db),
    cancelRequests: createCancelRequests(db),
    approvalRequests: createApprovalRequests(db),
    triggers: createTriggerStore(db),
    trust: createTrustGrants(db),
    outbox: createOutbox(db),
    caches: createCacheIndex(db, now),
    fingerprints: createFingerprints(db, now),
    lockQueue: createLockQueue(db),
    sshHosts: createSshHosts(db),
    sshSlotRequests: createSshSlotRequests(db),
    states: createPipelineStates(db),
    stageDurations: createStageDurations(db),
    retention: createRetention(db),
    artifactExpiry: createArtifactExpiry(db),
    runSizes: createRunSizes(db),
    runHolds: createRunHolds(db),
    repository: {
      versions: createRepositoryVersions(db),
      channels: createRepositoryChannels(db),
      records: createArtifactRecords(db),
    },
    referencedContent: createReferencedContent(db),
    close,
  };
}

function open(dataDir: string, mayBeReadOnly: boolean): ReadableDatabase & { readonly isReadOnly: boolean } {
  try {
    const db = openDatabase(dataDir);
    return { db, close: () => void db.close(), isReadOnly: false };
  } catch (error) {
    if (!mayBeReadOnly || !(error instanceof AppError) || !mayBeRead(error)) throw error;
    return { ...toRead(dataDir, error), isReadOnly: true };
  }
}

/** @param whyNot what is thrown when it cannot be read either: it says more about the folder */
function toRead(dataDir: string, whyNot: AppError): ReadableDatabase {
  try {
    return openDatabaseToRead(dataDir);
  } catch (error) {
    throw error instanceof AppError ? error : whyNot;
  }
}

/** A database that is in use would be copied in the middle of a change. */
function mayBeRead({ code, cause }: AppError): boolean {
  return (
    (code === 'data-folder-unusable' || code === 'disk-full') && systemErrorCode(cause) !== 'SQLITE_BUSY'
  );
}
