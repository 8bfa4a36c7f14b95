import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { type TrustGrant, type TrustKey, trustItemSchema, type TrustWay } from '#shared/api/trust-schemas.ts';
import type { ProjectId } from '#shared/lib/ids.ts';

/** What was accepted of pipeline files; `grants`, `add` and `remove` are the port of main/trust. */
export interface TrustGrants {
  /** Newest first. */
  grants(key: TrustKey): TrustGrant[];
  /** A digest that was accepted before becomes the newest. */
  add(grant: TrustGrant): void;
  /** False when there was nothing. */
  remove(key: TrustKey): boolean;
  /** Of each file the newest, newest first. */
  latest(projectId?: ProjectId): TrustGrant[];
}

interface GrantRow {
  readonly projectId: string;
  readonly file: string;
  readonly digest: string;
  readonly items: string;
  readonly at: string;
  readonly how: string;
}

const COLUMNS = 'project_id AS projectId, file, digest, items, at, how';

export function createTrustGrants(db: Database): TrustGrants {
  const select = db.prepare<[string, string], GrantRow>(
    `SELECT ${COLUMNS} FROM trust_grants WHERE project_id = ? AND file = ? ORDER BY id DESC`,
  );
  // The order is that of the ids, since a clock may go back.
  const insert = db.prepare(
    `INSERT OR REPLACE INTO trust_grants (id, project_id, file, digest, items, at, how)
     VALUES ((SELECT coalesce(max(id), 0) + 1 FROM trust_grants), @projectId, @file, @digest, @items, @at, @how)`,
  );
  const remove = db.prepare('DELETE FROM trust_grants WHERE project_id = ? AND file = ?');
  const selectLatest = db.prepare<[{ projectId: string | null }], GrantRow>(
    `SELECT ${COLUMNS} FROM trust_grants
     WHERE id IN (SELECT max(id) FROM trust_grants GROUP BY project_id, file)
       AND (@projectId IS NULL OR project_id = @projectId)
     ORDER BY id DESC`,
  );
  return {
    grants: ({ projectId, file }) => select.all(projectId, file).map(grantOf),
    add: (grant) => void insert.run({ ...grant, items: JSON.stringify(grant.items) }),
    remove: ({ projectId, file }) => remove.run(projectId, file).changes > 0,
    latest: (projectId) => selectLatest.all({ projectId: projectId ?? null }).map(grantOf),
  };
}

function grantOf(row: GrantRow): TrustGrant {
  return {
    ...row,
    projectId: row.projectId as ProjectId,
    how: row.how as TrustWay,
    items: z.array(trustItemSchema).parse(JSON.parse(row.items)),
  };
}
