/**
 * What can go wrong with a log:
 * `write-failed` the disk refused (details.errno says how: `ENOSPC`, `EEXIST`, …); `closed` bytes came after close;
 * `already-open` the same attempt's log is being written; `invalid-search` the pattern is no regular expression;
 * `search-too-slow` the pattern was cut off (details.line: where it was busy).
 */
export type LogErrorCode = 'write-failed' | 'closed' | 'already-open' | 'invalid-search' | 'search-too-slow';

const KIND = {
  'write-failed': 'operational',
  closed: 'bug',
  'already-open': 'bug',
  'invalid-search': 'user',
  'search-too-slow': 'user',
} as const satisfies Record<LogErrorCode, 'user' | 'operational' | 'bug'>;

/** A failure of log storage; the message is one sentence for people. Compare `code`, never `instanceof`. */
export class LogError extends Error {
  readonly code: LogErrorCode;
  readonly kind: 'user' | 'operational' | 'bug';
  readonly details: { readonly errno?: string; readonly line?: number };

  constructor(code: LogErrorCode, message: string, details: LogError['details'] = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'LogError';
    this.code = code;
    this.kind = KIND[code];
    this.details = details;
  }
}

/** The system's name of a failure (`ENOENT`, `ENOSPC`, …), or null when it has none. Takes errors of other realms (vm) too. */
export function errnoOf(error: unknown): string | null {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : null;
}

const REASON: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'access to the data folder was refused',
  EPERM: 'access to the data folder was refused',
  EROFS: 'the data folder is read-only',
  EEXIST: 'a log of this attempt exists already',
  EMFILE: 'too many files are open',
};

/** Turns a file system's error into a `write-failed` that keeps the errno. */
export function writeFailure(cause: unknown): LogError {
  const errno = errnoOf(cause) ?? 'EIO';
  const reason = REASON[errno] ?? 'the disk reported an error';
  return new LogError(
    'write-failed',
    `The log could not be written: ${reason} (${errno}).`,
    { errno },
    cause,
  );
}
