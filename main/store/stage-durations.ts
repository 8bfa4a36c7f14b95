import type { Database } from 'better-sqlite3';
import type { StageDurations } from '#main/engine/ports.ts';

/** Weight of the newest duration; older ones fade, so that a stage that became slow counts as slow after a few runs. */
const NEWEST = 0.4;

export function createStageDurations(db: Database): StageDurations {
  const select = db.prepare<[string, string], { stage: string; durationMs: number }>(
    'SELECT stage, duration_ms AS durationMs FROM stage_durations WHERE scope = ? AND pipeline_file = ?',
  );
  const upsert = db.prepare(
    `INSERT INTO stage_durations VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET duration_ms = duration_ms * ${1 - NEWEST} + excluded.duration_ms * ${NEWEST}`,
  );
  const record = db.transaction(
    (scope: string, pipelineFile: string, durations: ReadonlyMap<string, number>) => {
      for (const [stage, durationMs] of durations) upsert.run(scope, pipelineFile, stage, durationMs);
    },
  );
  return {
    expected: (scope, pipelineFile) =>
      Object.fromEntries(select.all(scope, pipelineFile).map(({ stage, durationMs }) => [stage, durationMs])),
    record: (scope, pipelineFile, durations) => {
      if (durations.size > 0) record.immediate(scope, pipelineFile, durations);
    },
  };
}
