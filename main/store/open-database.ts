import fs from 'node:fs';
import path from 'node:path';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { AppError } from '#shared/lib/app-error.ts';
import { isDiskFull, reasonOf, systemErrorCode } from '#shared/lib/system-error.ts';
import { MIGRATIONS } from './migrations/all.ts';
import { migrate, type Migration } from './migrations/migration.ts';

/** The database's name in a data folder. */
export const DATABASE_FILE = 'pipewright.db';
/** How long a statement waits for another process' transaction. */
const BUSY_TIMEOUT_MS = 15_000;
/** A checkpoint costs an fsync; at SQLite's own 1000 pages a busy run would meet one every few hundred appends. */
const CHECKPOINT_PAGES = 4_000;

/**
 * Opens the database of a data folder, making the folder (for its user alone) and bringing the database up to date.
 * Any number of processes may have it open.
 * @throws AppError `data-folder-unusable`, `disk-full`, `database-newer` (then nothing was changed)
 */
export function openDatabase(dataDir: string, migrations: readonly Migration[] = MIGRATIONS): Database {
  const dir = path.resolve(dataDir);
  let db: Database | null = null;
  try {
    fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
    db = new SqliteDatabase(path.join(dir, DATABASE_FILE), { timeout: BUSY_TIMEOUT_MS });
    migrate(db, migrations);
    useWriteAheadLog(db);
    return db;
  } catch (error) {
    db?.close();
    if (error instanceof AppError) throw error;
    if (isDiskFull(error) || (systemErrorCode(error) === 'SQLITE_IOERR' && hasNoSpace(dir))) {
      throw new AppError('disk-full', `The disk with the data folder ${dir} is full.`, {
        hint: 'Free some space and try again; what had finished is kept.',
        cause: error,
      });
    }
    throw new AppError(
      'data-folder-unusable',
      `The data folder ${dir} cannot be used: ${whyUnusable(dir, error)}.`,
      {
        hint: 'Choose a folder that you may write to with --data DIR or PIPEWRIGHT_DATA.',
        cause: error,
      },
    );
  }
}

function useWriteAheadLog(db: Database): void {
  db.pragma('foreign_keys = ON');
  db.pragma('synchronous = NORMAL');
  db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  if (db.pragma('journal_mode = WAL', { simple: true }) === 'wal') return;
  throw new Error('its file system does not support shared memory');
}

function whyUnusable(dir: string, error: unknown): string {
  const code = systemErrorCode(error);
  if (code === 'ENOTDIR' || code === 'EEXIST') return 'a file is in the way';
  if (code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT') return `${DATABASE_FILE} in it is no database`;
  if (code === 'ENOENT') return whyNotWritable(existingParent(dir)) ?? reasonOf(error);
  if (code === 'SQLITE_CANTOPEN') return whyNotWritable(dir) ?? `${DATABASE_FILE} in it cannot be opened`;
  return reasonOf(error);
}

/** SQLite does not say why it cannot open a file; the system does. Null when the folder is not to blame. */
function whyNotWritable(dir: string): string | null {
  try {
    fs.accessSync(dir, fs.constants.W_OK);
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}

/** Making a folder where nothing may be made can end with "no such file": its parent knows more. */
function existingParent(dir: string): string {
  const parent = path.dirname(dir);
  return parent === dir || fs.existsSync(parent) ? parent : existingParent(parent);
}

/** What SQLite needs to open a database in write-ahead mode; without it, it speaks of an I/O error. */
const SHARED_MEMORY_BYTES = 32 * 1024;

function hasNoSpace(dir: string): boolean {
  try {
    const { bavail, bsize } = fs.statfsSync(dir);
    return bavail * bsize < SHARED_MEMORY_BYTES;
  } catch {
    // A disk that cannot even be asked has another fault.
    return false;
  }
}
