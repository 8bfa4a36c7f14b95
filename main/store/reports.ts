import type { Database } from 'better-sqlite3';
import type { RunId, StageId } from '#shared/lib/ids.ts';
import type { ReportType } from '#shared/run/events.ts';

/** A report's normal form with where it came from. */
export interface StoredReport {
  readonly stage: StageId;
  readonly attempt: number;
  /** What `EventStore.saveReport` was given. */
  readonly report: unknown;
}

export interface StoredReports {
  /** All attempts, in the order in which they were stored. */
  read(runId: RunId, type: ReportType): StoredReport[];
}

export function createReports(db: Database): StoredReports {
  const select = db.prepare<[string, string], { stage: StageId; attempt: number; body: string }>(
    'SELECT stage, attempt, body FROM reports WHERE run_id = ? AND type = ? ORDER BY id',
  );
  return {
    read: (runId, type) =>
      select
        .all(runId, type)
        .map(({ stage, attempt, body }) => ({ stage, attempt, report: JSON.parse(body) as unknown })),
  };
}
