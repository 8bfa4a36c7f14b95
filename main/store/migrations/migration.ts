import type { Database } from 'better-sqlite3';
import { AppError } from '#shared/lib/app-error.ts';

/** One step of the database's shape. A released migration never changes; a new one follows. */
export interface Migration {
  /** Counts up from 1 without gaps; the database's `user_version` after it. */
  readonly version: number;
  readonly sql: string;
}

/**
 * Brings a database to the newest version, each migration in a transaction of its own: one that fails leaves nothing.
 * Several processes may call it at once; the second one finds the work done.
 * @throws AppError `database-newer` before anything is written
 */
export function migrate(db: Database, migrations: readonly Migration[]): void {
  const newest = migrations.at(-1)?.version ?? 0;
  refuseNewer(db, newest);
  const step = db.transaction((migration: Migration): void => {
    if (versionOf(db) >= migration.version) return;
    db.exec(migration.sql);
    db.pragma(`user_version = ${migration.version}`);
  });
  for (const migration of migrations) {
    if (versionOf(db) < migration.version) step.immediate(migration);
  }
  refuseNewer(db, newest);
}

function versionOf(db: Database): number {
  return db.pragma('user_version', { simple: true }) as number;
}

function refuseNewer(db: Database, newest: number): void {
  const version = versionOf(db);
  if (version <= newest) return;
  throw new AppError(
    'database-newer',
    `The database ${db.name} was written by a newer Pipewright (version ${version}, this one knows ${newest}).`,
    { hint: 'Update Pipewright, or use another data folder with --data.', details: { version, newest } },
  );
}
