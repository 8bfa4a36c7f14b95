/** What the names of system errors, and of SQLite's, mean to people; each completes a sentence. */
const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  SQLITE_FULL: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'it is read-only',
  SQLITE_READONLY: 'it is read-only',
  EACCES: 'access was refused',
  EPERM: 'access was refused',
  EIO: 'the disk reported an error',
  SQLITE_IOERR: 'the disk reported an error',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  SQLITE_BUSY: 'another process keeps its database locked',
  SQLITE_CORRUPT: 'its database is damaged',
  SQLITE_NOTADB: 'its database is damaged',
};

/** `ENOSPC`, `SQLITE_FULL`, …; SQLite's extended codes are shortened to their kind. Null for errors without a code. */
export function systemErrorCode(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error) || typeof error.code !== 'string')
    return null;
  return /^SQLITE_[A-Z]+/.exec(error.code)?.[0] ?? error.code;
}

export function isDiskFull(error: unknown): boolean {
  const code = systemErrorCode(error);
  return code === 'ENOSPC' || code === 'SQLITE_FULL' || code === 'EDQUOT';
}

/** Why something failed, to be put into a sentence: without the full stop, and in plain words where the system has a name for it. */
export function reasonOf(error: unknown): string {
  const known = REASONS[systemErrorCode(error) ?? ''];
  if (known !== undefined) return known;
  return (error instanceof Error ? error.message : String(error)).trim().replace(/\.$/, '');
}

/** The file that the failed call was about; null when the system did not say. */
export function fileOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ('dest' in error && typeof error.dest === 'string') return error.dest;
  return 'path' in error && typeof error.path === 'string' ? error.path : null;
}
