import type { Database } from 'better-sqlite3';
import type { IgnoredFinding } from '#shared/api/report-schemas.ts';
import type { ProjectId } from '#shared/lib/ids.ts';

/** Findings that someone decided not to count, by project. */
export interface IgnoredFindings {
  /** Also those whose time is over; oldest first. */
  list(projectId: ProjectId): IgnoredFinding[];
  /** Takes the place of an earlier decision about the same finding. */
  set(projectId: ProjectId, ignored: IgnoredFinding): void;
  /** False when it was not ignored. */
  remove(projectId: ProjectId, fingerprint: string): boolean;
}

export function createIgnoredFindings(db: Database): IgnoredFindings {
  const select = db.prepare<[string], IgnoredFinding>(
    `SELECT fingerprint, reason, until, ignored_by AS "by", ignored_at AS "at" FROM ignored_findings
     WHERE project_id = ? ORDER BY ignored_at, fingerprint`,
  );
  const upsert = db.prepare('INSERT OR REPLACE INTO ignored_findings VALUES (?, ?, ?, ?, ?, ?)');
  const remove = db.prepare('DELETE FROM ignored_findings WHERE project_id = ? AND fingerprint = ?');
  return {
    list: (projectId) => select.all(projectId),
    set(projectId, { fingerprint, reason, until, by, at }) {
      upsert.run(projectId, fingerprint, reason, until, by, at);
    },
    remove: (projectId, fingerprint) => remove.run(projectId, fingerprint).changes > 0,
  };
}
