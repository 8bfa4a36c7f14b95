import type { Database } from 'better-sqlite3';
import type { ArtifactOrigin, PublishedVersion } from '#main/engine/repository-ports.ts';

/** The versions of packages. Any number of processes may use it at once. */
export interface RepositoryVersions {
  /** Every version of a package, or of all of them; the one that was published last comes first. */
  list(name: string | null): PublishedVersion[];
  find(name: string, version: string): PublishedVersion | null;
  /** False when there is one of that name and version already. */
  add(version: PublishedVersion): boolean;
  /** False when it is gone already, or a channel points to it at this moment, or it was deployed. */
  remove(name: string, version: string): boolean;
  /** Whether a deployment names its content. @param sha256 any of its hashes */
  isDeployed(sha256: string): boolean;
}

interface VersionRow extends Omit<PublishedVersion, 'labels' | 'origin'> {
  readonly labels: string;
  readonly origin: string | null;
}

/** The channels of a package as they are now; a name of a table in the queries of this folder. */
export const CURRENT_MOVES = `
  SELECT * FROM repository_moves AS move WHERE id =
    (SELECT max(id) FROM repository_moves WHERE name = move.name AND channel = move.channel)`;

export function createRepositoryVersions(db: Database): RepositoryVersions {
  const columns = `name, version, sha256, size_bytes AS sizeBytes, file_count AS fileCount, labels, origin, sbom, provenance,
    published_by AS publishedBy, published_at AS publishedAt`;
  const selectAll = db.prepare<{ name: string | null }, VersionRow>(
    `SELECT ${columns} FROM repository_versions WHERE @name IS NULL OR name = @name
     ORDER BY published_at DESC, rowid DESC`,
  );
  const selectOne = db.prepare<[string, string], VersionRow>(
    `SELECT ${columns} FROM repository_versions WHERE name = ? AND version = ?`,
  );
  const insert = db.prepare(
    `INSERT INTO repository_versions (name, version, sha256, size_bytes, file_count, labels, origin, sbom, provenance,
       published_by, published_at)
     VALUES (@name, @version, @sha256, @sizeBytes, @fileCount, @labels, @origin, @sbom, @provenance, @publishedBy,
       @publishedAt)
     ON CONFLICT DO NOTHING`,
  );
  const remove = db.prepare(
    `DELETE FROM repository_versions AS gone WHERE name = @name AND version = @version
       AND NOT EXISTS (SELECT 1 FROM (${CURRENT_MOVES}) WHERE name = @name AND version = @version)
       AND NOT EXISTS (SELECT 1 FROM artifact_deployments WHERE sha256 = gone.sha256)`,
  );
  const selectDeployed = db.prepare<[string]>('SELECT 1 FROM artifact_deployments WHERE sha256 = ?');
  return {
    list: (name) => selectAll.all({ name }).map(versionOf),
    find(name, version) {
      const row = selectOne.get(name, version);
      return row === undefined ? null : versionOf(row);
    },
    add: ({ labels, origin, ...rest }) =>
      insert.run({
        ...rest,
        labels: JSON.stringify(labels),
        origin: origin === null ? null : JSON.stringify(origin),
      }).changes > 0,
    remove: (name, version) => remove.run({ name, version }).changes > 0,
    isDeployed: (sha256) => selectDeployed.get(sha256) !== undefined,
  };
}

const versionOf = ({ labels, origin, ...row }: VersionRow): PublishedVersion => ({
  ...row,
  labels: JSON.parse(labels) as Record<string, string>,
  origin: origin === null ? null : (JSON.parse(origin) as ArtifactOrigin),
});
