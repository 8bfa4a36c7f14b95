import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { MIGRATIONS } from './migrations/all.ts';
import { migrate } from './migrations/migration.ts';
import { DATABASE_FILE } from './open-database.ts';

/** A database that every write to is refused by. */
export interface ReadableDatabase {
  readonly db: Database;
  readonly close: () => void;
}

/**
 * Opens the database of a folder that cannot be written to: on read-only media, of another user, on a full disk. SQLite
 * cannot read a database in write-ahead mode there, nor can one of an older version be brought up to date, so this works on
 * a copy among the system's temporary files, removed by `close`.
 * @throws AppError `database-newer`; the errors of the file system and of SQLite, also when there is no database
 */
export function openDatabaseToRead(dataDir: string): ReadableDatabase {
  const copyDir = fs.mkdtempSync(path.join(os.tmpdir(), 'pipewright-read-'));
  const remove = (): void => fs.rmSync(copyDir, { recursive: true, force: true });
  try {
    // What is written last stands in the log beside the database.
    for (const suffix of ['', '-wal']) copyFile(dataDir, copyDir, DATABASE_FILE + suffix, suffix === '');
    const db = new SqliteDatabase(path.join(copyDir, DATABASE_FILE));
    try {
      migrate(db, MIGRATIONS);
      db.pragma('query_only = ON');
    } catch (error) {
      db.close();
      throw error;
    }
    return {
      db,
      close: () => {
        db.close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

function copyFile(from: string, to: string, name: string, isNeeded: boolean): void {
  const source = path.join(from, name);
  if (!isNeeded && !fs.existsSync(source)) return;
  const target = path.join(to, name);
  fs.copyFileSync(source, target, fs.constants.COPYFILE_FICLONE);
  fs.chmodSync(target, 0o600);
}
