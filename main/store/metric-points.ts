import type { Database } from 'better-sqlite3';
import type { ProjectId, RunId, StageId } from '#shared/lib/ids.ts';
import type { Metric } from '#shared/reports/metrics.ts';

/** A figure of one run. */
export interface MetricPoint extends Metric {
  readonly runId: RunId;
  /** Null: of the run as a whole. */
  readonly stage: string | null;
}

export interface MetricPoints {
  /** Of the newest finished runs of a pipeline; oldest run first, then by stage and name. */
  ofPipeline(projectId: ProjectId, pipelineFile: string, runs: number): MetricPoint[];
  ofRun(runId: RunId): MetricPoint[];
}

/** Inside of a transaction. */
export interface MetricWriter {
  /** A later attempt replaces an earlier one. @param stage '' is the run as a whole */
  set(runId: RunId, stage: StageId | '', attempt: number, metric: Metric): void;
  copy(from: RunId, stage: StageId, to: RunId): void;
}

type Row = Omit<MetricPoint, 'stage'> & { readonly stage: string };

const COLUMNS = 'p.run_id AS runId, p.stage, p.name, p.unit, p.better, p.value';

export function createMetricPoints(db: Database): MetricPoints & MetricWriter {
  const upsert = db.prepare(
    `INSERT INTO metric_points (run_id, stage, name, attempt, unit, better, value) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET attempt = excluded.attempt, unit = excluded.unit, better = excluded.better,
     value = excluded.value WHERE excluded.attempt >= metric_points.attempt`,
  );
  const copy = db.prepare(
    `INSERT OR REPLACE INTO metric_points SELECT ?, stage, name, 1, unit, better, value
     FROM metric_points WHERE run_id = ? AND stage = ?`,
  );
  const ofPipeline = db.prepare<[string, string, number], Row>(
    `SELECT ${COLUMNS} FROM (SELECT id, rowid AS place FROM runs WHERE project_id = ? AND pipeline_file = ?
       AND status IN ('succeeded', 'failed') ORDER BY rowid DESC LIMIT ?) AS r
     JOIN metric_points AS p ON p.run_id = r.id ORDER BY r.place, p.stage, p.name`,
  );
  const ofRun = db.prepare<[string], Row>(
    `SELECT ${COLUMNS} FROM metric_points AS p WHERE run_id = ? ORDER BY stage, name`,
  );
  const point = (row: Row): MetricPoint => ({ ...row, stage: row.stage === '' ? null : row.stage });
  return {
    set(runId, stage, attempt, { name, unit, better, value }) {
      upsert.run(runId, stage, name, attempt, unit, better, value);
    },
    copy: (from, stage, to) => void copy.run(to, from, stage),
    ofPipeline: (...words) => ofPipeline.all(...words).map(point),
    ofRun: (runId) => ofRun.all(runId).map(point),
  };
}
