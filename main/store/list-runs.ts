import type { Database } from 'better-sqlite3';
import type { RunSummary } from '#shared/api/schemas.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import type { RunStatus } from '#shared/run/status.ts';
import { RUN_COLUMNS, type RunRow, summaryOf } from './run-rows.ts';

/** What `run.list` of the contract asks for; an absent or empty filter lets everything through. */
export interface RunQuery {
  readonly projectId?: ProjectId | undefined;
  readonly pipelineFile?: string | undefined;
  readonly statuses?: readonly RunStatus[] | undefined;
  /** Part of the pipeline's name, the branch, the commit, its message or `#number`, in any case. */
  readonly text?: string | undefined;
  readonly sort?: keyof typeof ORDERS | undefined;
  readonly offset?: number | undefined;
  readonly limit?: number | undefined;
}

export interface RunPage {
  readonly runs: RunSummary[];
  /** Of all pages. */
  readonly total: number;
}

/**
 * The order in which runs were stored, not their time: a clock that was set back must not make the newest run an old one.
 * Runs that have no duration yet come last in both orders of duration.
 */
const ORDERS = {
  newest: 'rowid DESC',
  oldest: 'rowid',
  longest: 'duration_ms DESC NULLS LAST, rowid DESC',
  shortest: 'duration_ms NULLS LAST, rowid DESC',
} as const;

export function listRuns(db: Database, query: RunQuery): RunPage {
  const conditions: string[] = [];
  const values: string[] = [];
  const where = (condition: string, ...bound: readonly string[]): void => {
    conditions.push(condition);
    values.push(...bound);
  };
  if (query.projectId) where('project_id = ?', query.projectId);
  if (query.pipelineFile) where('pipeline_file = ?', query.pipelineFile);
  if (query.statuses && query.statuses.length > 0) {
    where(`status IN (${query.statuses.map(() => '?').join(', ')})`, ...query.statuses);
  }
  const text = query.text?.trim().toLowerCase();
  if (text) where('instr(search_text, ?) > 0', text);
  const filter = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';

  const { sort = 'newest', offset = 0, limit = 100 } = query;
  const rows = db.prepare<(string | number)[], RunRow>(
    `SELECT ${RUN_COLUMNS} FROM runs ${filter} ORDER BY ${ORDERS[sort]} LIMIT ? OFFSET ?`,
  );
  const total = db.prepare<string[], number>(`SELECT count(*) FROM runs ${filter}`).pluck();
  const read = db.transaction((): RunPage => ({
    runs: rows.all(...values, limit, offset).map(summaryOf),
    total: total.get(...values) ?? 0,
  }));
  return read();
}
