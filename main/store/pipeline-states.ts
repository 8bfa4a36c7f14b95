import type { Database } from 'better-sqlite3';
import type { PipelineStates } from '#main/engine/ports.ts';
import type { RunId } from '#shared/lib/ids.ts';

type Values = Readonly<Record<string, string>>;

export interface StoredStates extends PipelineStates {
  /** How often the pipeline's state was written; 0 for never. */
  serial(scope: string, pipelineFile: string): number;
}

export function createPipelineStates(db: Database): StoredStates {
  const place = 'WHERE scope = ? AND pipeline_file = ?';
  const selectBody = db
    .prepare<[string, string], string>(`SELECT body FROM pipeline_states ${place}`)
    .pluck();
  const selectSerial = db
    .prepare<[string, string], number>(`SELECT serial FROM pipeline_states ${place}`)
    .pluck();
  const upsert = db.prepare(
    `INSERT INTO pipeline_states VALUES (?, ?, 1, ?, ?)
     ON CONFLICT DO UPDATE SET serial = serial + 1, body = excluded.body, run_id = excluded.run_id`,
  );

  function read(scope: string, pipelineFile: string): Values {
    const body = selectBody.get(scope, pipelineFile);
    return body === undefined ? {} : (JSON.parse(body) as Values);
  }
  const write = db.transaction((scope: string, pipelineFile: string, values: Values, runId: RunId): void => {
    const entries = new Map([...Object.entries(read(scope, pipelineFile)), ...Object.entries(values)]);
    upsert.run(scope, pipelineFile, JSON.stringify(Object.fromEntries(entries)), runId);
  });

  return {
    read,
    write: (scope, pipelineFile, values, runId) => write.immediate(scope, pipelineFile, values, runId),
    serial: (scope, pipelineFile) => selectSerial.get(scope, pipelineFile) ?? 0,
  };
}
