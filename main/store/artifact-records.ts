import type { Database } from 'better-sqlite3';
import type { ArtifactRecord, DeploymentRecord } from '#main/engine/repository-ports.ts';

/** What is known of digests, and where what they name was deployed. Any number of processes may use it at once. */
export interface ArtifactRecords {
  find(sha256: string): ArtifactRecord | null;
  /** Newest first. @param version null: all of them */
  findByName(name: string, version: string | null): ArtifactRecord[];
  /** Adds a record; a digest that is recorded from the same source keeps its first record. @returns what is stored then */
  add(record: ArtifactRecord): { readonly record: ArtifactRecord; readonly isNew: boolean };
  /** Newest first. */
  deployments(sha256: string): DeploymentRecord[];
  addDeployment(deployment: DeploymentRecord): void;
}

export function createArtifactRecords(db: Database): ArtifactRecords {
  const selectOne = db
    .prepare<[string], string>('SELECT body FROM artifact_records WHERE sha256 = ?')
    .pluck();
  const selectByName = db
    .prepare<{ name: string; version: string | null }, string>(
      `SELECT body FROM artifact_records WHERE name = @name AND (@version IS NULL OR version = @version)
       ORDER BY recorded_at DESC, sha256`,
    )
    .pluck();
  const insert = db.prepare(
    `INSERT INTO artifact_records (sha256, name, version, source, body, recorded_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  );
  const selectDeployments = db.prepare<[string], DeploymentRecord>(
    `SELECT sha256, environment, run_id AS runId, at FROM artifact_deployments WHERE sha256 = ? ORDER BY id DESC`,
  );
  const insertDeployment = db.prepare(
    'INSERT INTO artifact_deployments (sha256, environment, run_id, at) VALUES (?, ?, ?, ?)',
  );
  const recordOf = (body: string): ArtifactRecord => JSON.parse(body) as ArtifactRecord;
  const find = (sha256: string): ArtifactRecord | null => {
    const body = selectOne.get(sha256);
    return body === undefined ? null : recordOf(body);
  };
  return {
    find,
    findByName: (name, version) => selectByName.all({ name, version }).map(recordOf),
    add(record) {
      const { sha256, name, version, source, recordedAt } = record;
      const { changes } = insert.run(sha256, name, version, source, JSON.stringify(record), recordedAt);
      return { record: find(sha256) ?? record, isNew: changes > 0 };
    },
    deployments: (sha256) => selectDeployments.all(sha256),
    addDeployment: ({ sha256, environment, runId, at }) =>
      void insertDeployment.run(sha256, environment, runId, at),
  };
}
