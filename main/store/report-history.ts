import type { Database } from 'better-sqlite3';
import type { ReportHistory } from '#main/engine/ports.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { createReports, type StoredReports } from './reports.ts';

/** What the engine asks of the reports that are stored. */
export function createReportHistory(
  db: Database,
  reports: Pick<StoredReports, 'latestOfAll' | 'whole'> = createReports(db),
): ReportHistory {
  const newest = db
    .prepare<[string, string, string, string, string | null, string | null, string], RunId>(
      `SELECT id FROM runs WHERE project_id = ? AND pipeline_file = ? AND id <> ?
       AND finished_at <= coalesce((SELECT created_at FROM runs WHERE id = ?), '9999')
       AND status IN ('succeeded', 'failed') AND (? IS NULL OR json_extract(git, '$.branch') = ?)
       AND EXISTS (SELECT 1 FROM reports WHERE run_id = runs.id AND stage = ?)
       ORDER BY status = 'succeeded' DESC, created_at DESC, id DESC LIMIT 1`,
    )
    .pluck();
  const ignored = db
    .prepare<[string, string], string>(
      'SELECT fingerprint FROM ignored_findings WHERE project_id = ? AND (until IS NULL OR until > ?)',
    )
    .pluck();
  return {
    ignored: (scope) => new Set(ignored.all(scope, new Date().toISOString())),
    read: (runId) =>
      reports
        .latestOfAll(runId)
        .map((head) => ({ stage: head.stage, attempt: head.attempt, form: reports.whole(head) })),
    baseline(scope, pipelineFile, branch, stage, before) {
      const runId = newest.get(scope, pipelineFile, before, before, branch, branch, stage);
      if (runId === undefined) return [];
      return reports
        .latestOfAll(runId)
        .filter((head) => head.stage === stage)
        .map((head) => reports.whole(head));
    },
  };
}
