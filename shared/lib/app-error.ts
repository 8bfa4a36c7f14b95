/** What to do about an error: `user` show it with the fix, `operational` retry or warn, `bug` report. */
export type ErrorKind = 'user' | 'operational' | 'bug';

/** Every code that crosses a process, with its kind. Processes compare codes, never classes. */
export const ERROR_KINDS = {
  /** Words of a command line or fields of a call that do not fit. */
  usage: 'user',
  'project-not-found': 'user',
  'folder-not-found': 'user',
  'pipeline-not-found': 'user',
  'pipeline-invalid': 'user',
  'run-not-found': 'user',
  'run-not-active': 'user',
  'stage-not-found': 'user',
  /** Someone who is not among those that an approval names. */
  'not-allowed': 'user',
  'log-not-found': 'user',
  'artifact-not-found': 'user',
  /** A search pattern that is no regular expression, or one that ran out of its time. */
  'pattern-invalid': 'user',
  'path-outside': 'user',
  'not-yet': 'user',
  /** The database was written by a newer Pipewright; nothing was touched. */
  'database-newer': 'user',
  'data-folder-unusable': 'user',
  /** A stage names a secret that no scope has. */
  'secret-missing': 'user',
  /** A name or a value that cannot be a secret. */
  'secret-invalid': 'user',
  /** The stored secrets, or their key, cannot be used; nothing was changed. */
  'vault-unreadable': 'user',
  'node-too-old': 'user',
  'address-in-use': 'user',
  /** A stored blob no longer has the hash of its name. */
  'blob-corrupt': 'operational',
  'spawn-failed': 'operational',
  'workspace-failed': 'operational',
  'log-write-failed': 'operational',
  'artifact-failed': 'operational',
  'report-failed': 'operational',
  'expression-failed': 'operational',
  /** The host that ran it ended without finishing it. */
  'host-died': 'operational',
  internal: 'bug',
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof ERROR_KINDS;

/** An error for people: one sentence that says what and where, and the way out in `hint`. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | null;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    options: { hint?: string; details?: Readonly<Record<string, unknown>>; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.hint = options.hint ?? null;
    this.details = options.details ?? {};
  }

  get kind(): ErrorKind {
    return ERROR_KINDS[this.code];
  }
}

/** An `AppError` for whatever was thrown; what is not ours becomes `fallback` with the original as its cause. */
export function toAppError(error: unknown, fallback: ErrorCode = 'internal'): AppError {
  if (error instanceof AppError) return error;
  return new AppError(fallback, error instanceof Error ? error.message : String(error), { cause: error });
}
