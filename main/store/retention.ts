import type { Database } from 'better-sqlite3';
import { type RunId, runIdOf } from '#shared/lib/ids.ts';
import { isFinalRunStatus, type RunStatus } from '#shared/run/status.ts';
import type { RetainedRun } from './select-runs.ts';

export interface StoredRun extends RetainedRun {
  readonly number: number;
  readonly name: string;
}

/** What retention asks of the store. */
export interface Retention {
  /** Every run; sizes are those of the artifacts. */
  runs(): StoredRun[];
  /** Whether it still is neither active nor pinned; false when it is gone. */
  isFree(runId: RunId): boolean;
  /** Whether one of its stages that name an environment succeeded. */
  isDeployed(runId: RunId): boolean;
  /**
   * Hashes of all content that something refers to: events, remembered results, caches. What looks like a hash in an event
   * counts, whatever the event is, so that an event that this code does not know loses nothing.
   * @param without runs that are about to go
   */
  referencedContent(without: ReadonlySet<RunId>): Set<string>;
  /** Forgets results that were not used since. @param before epoch milliseconds */
  forgetResults(before: number): void;
}

interface Row {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly project: string;
  readonly file: string;
  readonly status: RunStatus;
  readonly createdAt: string;
  readonly pinned: number;
  readonly artifactBytes: number;
}

const HASH = /\b[0-9a-f]{64}\b/g;

export function createRetention(db: Database): Retention {
  const selectRuns = db.prepare<[], Row>(
    `SELECT r.id, r.number, r.name, r.project_id AS project, r.pipeline_file AS file, r.status,
       r.created_at AS createdAt, r.pinned, coalesce(sum(a.size_bytes), 0) AS artifactBytes
     FROM runs r LEFT JOIN artifacts a ON a.run_id = r.id GROUP BY r.id ORDER BY r.id`,
  );
  const selectOne = db.prepare<[string], Pick<Row, 'status' | 'pinned'>>(
    'SELECT status, pinned FROM runs WHERE id = ?',
  );
  // A leg of a matrix that was made while the run ran is named after the stage that the plan has.
  const selectDeployed = db
    .prepare<[string], number>(
      `SELECT 1 FROM events created, json_each(created.body, '$.plan.stages') stage, events ended
       WHERE created.run_id = ? AND created.seq = 1
         AND coalesce(json_extract(stage.value, '$.environment'),
           json_extract(stage.value, '$.matrix.template.leg.environment')) IS NOT NULL
         AND ended.run_id = created.run_id
         AND json_extract(ended.body, '$.type') = 'stage-finished'
         AND json_extract(ended.body, '$.status') = 'succeeded'
         AND (json_extract(ended.body, '$.stage') = json_extract(stage.value, '$.id')
           OR instr(json_extract(ended.body, '$.stage'), json_extract(stage.value, '$.id') || '[') = 1)
       LIMIT 1`,
    )
    .pluck();
  const selectEvents = db.prepare<[], { runId: string; body: string }>(
    `SELECT run_id AS runId, body FROM events WHERE body GLOB '*"[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]*'`,
  );
  const selectResults = db.prepare<[], string>('SELECT result FROM fingerprints').pluck();
  const selectCaches = db.prepare<[], string>('SELECT sha256 FROM caches').pluck();
  const forget = db.prepare('DELETE FROM fingerprints WHERE used_at < ?');

  return {
    runs: () => selectRuns.all().map(storedRunOf),
    isFree(runId) {
      const row = selectOne.get(runId);
      return row !== undefined && !isProtected(row);
    },
    isDeployed: (runId) => selectDeployed.get(runId) !== undefined,
    referencedContent(without) {
      const found = new Set(selectCaches.all());
      const addAll = (text: string): void => {
        for (const [hash] of text.matchAll(HASH)) found.add(hash);
      };
      for (const result of selectResults.all()) addAll(result);
      for (const { runId, body } of selectEvents.iterate()) if (!without.has(runIdOf(runId))) addAll(body);
      return found;
    },
    forgetResults: (before) => void forget.run(before),
  };
}

function storedRunOf(row: Row): StoredRun {
  return {
    runId: runIdOf(row.id),
    number: row.number,
    name: row.name,
    pipeline: `${row.project}\0${row.file}`,
    createdAt: Date.parse(row.createdAt),
    isProtected: isProtected(row),
    sizeBytes: row.artifactBytes,
  };
}

function isProtected({ status, pinned }: Pick<Row, 'status' | 'pinned'>): boolean {
  return pinned !== 0 || !isFinalRunStatus(status);
}
