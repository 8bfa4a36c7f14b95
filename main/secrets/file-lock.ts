import { setTimeout as wait } from 'node:timers/promises';
import SqliteDatabase from 'better-sqlite3';

const RETRY_MS = 20;
const MAX_WAIT_MS = 15_000;

/**
 * Does `work` while no other holder of the lock, in this process or another one, does its own. The lock is one of the
 * operating system on a file that stays empty, taken through SQLite, so it ends with its process whatever happens.
 * @throws when others keep it for 15 seconds
 */
export async function withFileLock<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  const db = new SqliteDatabase(file, { timeout: 0 });
  try {
    await acquire(db, Date.now() + MAX_WAIT_MS);
    return await work();
  } finally {
    db.close();
  }
}

async function acquire(db: SqliteDatabase.Database, deadline: number): Promise<void> {
  for (;;) {
    try {
      db.exec('BEGIN EXCLUSIVE');
      return;
    } catch (error) {
      const isBusy = error instanceof SqliteDatabase.SqliteError && error.code.startsWith('SQLITE_BUSY');
      if (!isBusy || Date.now() > deadline) throw error;
    }
    await wait(RETRY_MS);
  }
}
