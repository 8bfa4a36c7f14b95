import type { Database } from 'better-sqlite3';
import type { Fingerprint, ReusableResult } from '#main/engine/ports.ts';
import type { StageId } from '#shared/lib/ids.ts';

/** Results kept for each stage, so that going back and forth between branches finds both. */
const KEPT_PER_STAGE = 20;

/** What stages came to, by what they depended on. */
export interface Fingerprints {
  /** The result for exactly these inputs (counts as a use), and the inputs of the newest result for comparison. */
  find(
    scope: string,
    pipelineFile: string,
    stage: StageId,
    fingerprint: Fingerprint,
  ): { readonly result: ReusableResult | null; readonly newest: Fingerprint | null };
  remember(
    scope: string,
    pipelineFile: string,
    stage: StageId,
    fingerprint: Fingerprint,
    result: ReusableResult,
  ): void;
}

export function createFingerprints(db: Database, now: () => number): Fingerprints {
  const place = 'scope = ? AND pipeline_file = ? AND stage = ?';
  const selectExact = db.prepare<[string, string, string, string], { id: number; result: string }>(
    `SELECT id, result FROM fingerprints WHERE ${place} AND inputs = ?`,
  );
  const selectNewest = db
    .prepare<[string, string, string], string>(
      `SELECT inputs FROM fingerprints WHERE ${place} ORDER BY used_at DESC, id DESC LIMIT 1`,
    )
    .pluck();
  const touch = db.prepare('UPDATE fingerprints SET used_at = ? WHERE id = ?');
  const upsert = db.prepare(
    `INSERT INTO fingerprints (scope, pipeline_file, stage, inputs, result, used_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET result = excluded.result, used_at = excluded.used_at`,
  );
  const prune = db.prepare(
    `DELETE FROM fingerprints WHERE ${place} AND id NOT IN (
       SELECT id FROM fingerprints WHERE ${place} ORDER BY used_at DESC, id DESC LIMIT ${KEPT_PER_STAGE})`,
  );
  const remember = db.transaction(
    (scope: string, file: string, stage: string, inputs: string, result: string): void => {
      upsert.run(scope, file, stage, inputs, result, now());
      prune.run(scope, file, stage, scope, file, stage);
    },
  );

  return {
    find(scope, pipelineFile, stage, fingerprint) {
      const row = selectExact.get(scope, pipelineFile, stage, canonical(fingerprint));
      if (row) {
        touch.run(now(), row.id);
        return { result: JSON.parse(row.result) as ReusableResult, newest: fingerprint };
      }
      const newest = selectNewest.get(scope, pipelineFile, stage);
      return { result: null, newest: newest === undefined ? null : (JSON.parse(newest) as Fingerprint) };
    },
    remember(scope, pipelineFile, stage, fingerprint, result) {
      remember.immediate(scope, pipelineFile, stage, canonical(fingerprint), JSON.stringify(result));
    },
  };
}

/** Equal for equal inputs, whatever their order. */
function canonical(fingerprint: Fingerprint): string {
  const names = Object.keys(fingerprint).toSorted();
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, fingerprint[name]])));
}
