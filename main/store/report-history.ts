import type { Database } from 'better-sqlite3';
import type { ReportHistory } from '#main/engine/ports.ts';
import type { StageId } from '#shared/lib/ids.ts';
import type { NormalForm } from '#shared/reports/normal-form.ts';
import type { ReportType } from '#shared/run/events.ts';

interface ReportRow {
  readonly stage: StageId;
  readonly attempt: number;
  readonly type: ReportType;
  readonly body: string;
}

/** What the engine asks of the reports that are stored. */
export function createReportHistory(db: Database): ReportHistory {
  const ofRun = db.prepare<[string], ReportRow>(
    `SELECT stage, attempt, type, body FROM reports AS one WHERE run_id = ?
     AND attempt = (SELECT max(attempt) FROM reports WHERE run_id = one.run_id AND stage = one.stage)
     ORDER BY id`,
  );
  const newest = db
    .prepare<[string, string, string, string, string | null, string | null, string], string>(
      `SELECT id FROM runs WHERE project_id = ? AND pipeline_file = ? AND id <> ?
       AND created_at <= coalesce((SELECT created_at FROM runs WHERE id = ?), '9999')
       AND status IN ('succeeded', 'failed') AND (? IS NULL OR json_extract(git, '$.branch') = ?)
       AND EXISTS (SELECT 1 FROM reports WHERE run_id = runs.id AND stage = ?)
       ORDER BY created_at DESC, id DESC LIMIT 1`,
    )
    .pluck();
  return {
    read: (runId) =>
      ofRun
        .all(runId)
        .map(({ stage, attempt, type, body }) => ({ stage, attempt, form: formOf(type, body) })),
    baseline(scope, pipelineFile, branch, stage, before) {
      const runId = newest.get(scope, pipelineFile, before, before, branch, branch, stage);
      if (runId === undefined) return [];
      return ofRun
        .all(runId)
        .filter((row) => row.stage === stage)
        .map(({ type, body }) => formOf(type, body));
    },
  };
}

const formOf = (type: ReportType, body: string): NormalForm =>
  ({ type, report: JSON.parse(body) as unknown }) as NormalForm;
