import type { Database } from 'better-sqlite3';
import { assertNever } from '#shared/lib/assert-never.ts';
import type { RunId, StageId } from '#shared/lib/ids.ts';
import type { ArtifactSummary, RunEvent } from '#shared/run/events.ts';
import type { RunStatus } from '#shared/run/status.ts';
import { createRunFigures } from './run-figures.ts';
import type { ReportWriter } from './save-report.ts';

type TestReport = Extract<Extract<RunEvent, { type: 'report-stored' }>['report'], { type: 'tests' }>;

interface TestCounts {
  readonly attempt: number;
  readonly total: number;
  readonly failed: number;
}

/** Whether an event changes anything but the log of events; most do not, and are appended without reading the run. */
export function changesRows(event: RunEvent): boolean {
  switch (event.type) {
    case 'run-started':
    case 'run-resumed':
    case 'run-finished':
    case 'matrix-expanded':
    case 'approval-requested':
    case 'stage-reused':
    case 'stage-finished':
    case 'artifact-stored':
      return true;
    case 'report-stored':
      return event.report.type === 'tests';
    case 'run-created':
    case 'attempt-started':
    case 'attempt-paused':
    case 'attempt-continued':
    case 'step-started':
    case 'step-finished':
    case 'issue-raised':
    case 'summary-written':
    case 'attempt-finished':
    case 'attempt-usage':
    case 'stage-progress':
    case 'condition-met':
    case 'stage-queued':
    case 'stage-released':
    case 'approval-decided':
    case 'cache-restored':
    case 'cancel-requested':
      return false;
    default:
      return assertNever(event);
  }
}

/**
 * Makes the function that takes over events into the rows of their run. It must be called inside a write transaction.
 * Tests count once per stage, as its latest attempt reported them; `failed` includes those that errored.
 */
export function createRunChange(
  db: Database,
  reports: Pick<ReportWriter, 'copy'>,
): (runId: RunId, events: readonly RunEvent[]) => void {
  const nextChange = db
    .prepare<[], number>('UPDATE change_counter SET value = value + 1 RETURNING value')
    .pluck();
  const count = db.prepare(
    `UPDATE runs SET finished_stage_count = finished_stage_count + ?, failed_stage_count = failed_stage_count + ?,
     changed = ? WHERE id = ?`,
  );
  const grow = db.prepare('UPDATE runs SET stage_count = stage_count + ? WHERE id = ?');
  const writeFigures = createRunFigures(db);
  const setStageResult = db.prepare('INSERT OR REPLACE INTO stage_results VALUES (?, ?, ?)');
  const setStatus = db.prepare('UPDATE runs SET status = ? WHERE id = ?');
  const start = db.prepare(
    'UPDATE runs SET started_at = coalesce(started_at, ?), finished_at = NULL, duration_ms = NULL WHERE id = ?',
  );
  const startedAt = db.prepare<[string], string | null>('SELECT started_at FROM runs WHERE id = ?').pluck();
  const finish = db.prepare('UPDATE runs SET finished_at = ?, duration_ms = ? WHERE id = ?');
  const addTests = db.prepare(
    `UPDATE runs SET tests_total = coalesce(tests_total, 0) + ?, tests_failed = coalesce(tests_failed, 0) + ?
     WHERE id = ?`,
  );
  const testsOf = db.prepare<[string, string], TestCounts>(
    'SELECT attempt, total, failed FROM test_counts WHERE run_id = ? AND stage = ?',
  );
  const setTests = db.prepare('INSERT OR REPLACE INTO test_counts VALUES (?, ?, ?, ?, ?)');
  const setArtifact = db.prepare(
    `INSERT OR REPLACE INTO artifacts (run_id, stage, name, attempt, size_bytes, sha256, file_count, seq, expires_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );

  function status(runId: RunId, value: RunStatus): void {
    setStatus.run(value, runId);
  }

  function countTests(runId: RunId, stage: StageId, attempt: number, report: TestReport): void {
    const before = testsOf.get(runId, stage) ?? { attempt, total: 0, failed: 0 };
    if (before.attempt > attempt) return;
    const kept = before.attempt === attempt ? before : { total: 0, failed: 0 };
    const total = kept.total + report.total;
    const failed = kept.failed + report.failed + report.errored;
    setTests.run(runId, stage, attempt, total, failed);
    addTests.run(total - before.total, failed - before.failed, runId);
  }

  function apply(runId: RunId, event: RunEvent): void {
    if (event.type === 'run-started' || event.type === 'run-resumed') {
      status(runId, 'running');
      start.run(event.at, runId);
    } else if (event.type === 'run-finished') {
      status(runId, event.status);
      const from = startedAt.get(runId) ?? null;
      finish.run(
        event.at,
        from === null ? null : Math.max(0, Date.parse(event.at) - Date.parse(from)),
        runId,
      );
      writeFigures(runId);
    } else if (event.type === 'report-stored' && event.report.type === 'tests') {
      countTests(runId, event.stage, event.attempt, event.report);
    } else if (event.type === 'artifact-stored') {
      addArtifact(event, event.attempt, event.artifact);
    } else if (event.type === 'matrix-expanded') {
      grow.run(event.legs.length, runId);
    } else if (event.type === 'stage-reused') {
      for (const artifact of event.from.artifacts) addArtifact(event, 1, artifact);
      for (const report of event.from.reports) {
        if (report.type === 'tests') countTests(runId, event.stage, 1, report);
      }
      reports.copy(event.from.runId, event.stage, runId);
    }
  }

  function addArtifact(
    { runId, stage, seq, at }: Pick<RunEvent, 'runId' | 'seq' | 'at'> & { readonly stage: StageId },
    attempt: number,
    { name, sizeBytes, sha256, fileCount, retentionMs }: ArtifactSummary,
  ): void {
    const expiresAt = retentionMs === undefined ? null : Date.parse(at) + retentionMs;
    setArtifact.run(runId, stage, name, attempt, sizeBytes, sha256, fileCount, seq, expiresAt);
  }

  return (runId, events) => {
    let finished = 0;
    let failed = 0;
    for (const event of events) {
      apply(runId, event);
      if (event.type !== 'stage-finished') continue;
      setStageResult.run(runId, event.stage, event.status);
      finished += 1;
      if (['failed', 'timed-out', 'infra-error'].includes(event.status)) failed += 1;
    }
    count.run(finished, failed, nextChange.get(), runId);
  };
}
