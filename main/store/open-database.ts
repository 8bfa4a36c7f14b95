import fs from 'node:fs';
import path from 'node:path';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { AppError } from '#shared/lib/app-error.ts';
import { MIGRATIONS } from './migrations/all.ts';
import { migrate, type Migration } from './migrations/migration.ts';

const FILE_NAME = 'pipewright.db';
/** How long a statement waits for another process' transaction. */
const BUSY_TIMEOUT_MS = 15_000;
/** A checkpoint costs an fsync; at SQLite's own 1000 pages a busy run would meet one every few hundred appends. */
const CHECKPOINT_PAGES = 4_000;

/**
 * Opens the database of a data folder, making the folder (for its user alone) and bringing the database up to date.
 * Any number of processes may have it open.
 * @throws AppError `data-folder-unusable`, `database-newer` (then nothing was changed)
 */
export function openDatabase(dataDir: string, migrations: readonly Migration[] = MIGRATIONS): Database {
  const dir = path.resolve(dataDir);
  let db: Database | null = null;
  try {
    fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
    db = new SqliteDatabase(path.join(dir, FILE_NAME), { timeout: BUSY_TIMEOUT_MS });
    migrate(db, migrations);
    useWriteAheadLog(db);
    return db;
  } catch (error) {
    db?.close();
    if (error instanceof AppError) throw error;
    throw new AppError('data-folder-unusable', `The data folder ${dir} cannot be used: ${reasonOf(error)}.`, {
      hint: 'Choose a folder that you may write to with --data DIR or PIPEWRIGHT_DATA.',
      cause: error,
    });
  }
}

function useWriteAheadLog(db: Database): void {
  db.pragma('foreign_keys = ON');
  db.pragma('synchronous = NORMAL');
  db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  if (db.pragma('journal_mode = WAL', { simple: true }) === 'wal') return;
  throw new Error('its file system does not support shared memory');
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === 'EACCES' || code === 'EPERM') return 'you may not write there';
  if (code === 'EROFS' || code.startsWith('SQLITE_READONLY')) return 'it is read-only';
  if (code === 'ENOTDIR' || code === 'EEXIST') return 'a file is in the way';
  if (code === 'ENOSPC' || code === 'SQLITE_FULL') return 'the disk is full';
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT'))
    return `${FILE_NAME} in it is no database`;
  if (code.startsWith('SQLITE_CANTOPEN')) return `${FILE_NAME} in it cannot be opened`;
  if (code.startsWith('SQLITE_BUSY')) return 'another process keeps its database locked';
  return error.message.replace(/\.$/, '');
}
