import { fileOf, isDiskFull, reasonOf, systemErrorCode } from './system-error.ts';

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
  /** No shell can be opened there: its files are gone, or what makes terminals is not installed. */
  'shell-unavailable': 'user',
  /** It has ended, or was never opened here. */
  'shell-not-found': 'user',
  /** Someone who is not among those that an approval names. */
  'not-allowed': 'user',
  /** A pipeline file that nobody has accepted yet, or that has other triggers or privileged options since. */
  'not-trusted': 'user',
  'log-not-found': 'user',
  'artifact-not-found': 'user',
  /** A published version, or a recorded digest, that is there with other content or from another source. */
  'version-exists': 'user',
  /** A search pattern that is no regular expression, or one that ran out of its time. */
  'pattern-invalid': 'user',
  'path-outside': 'user',
  /** A file on disk is no longer what it was when it was read; nothing was written. */
  'file-changed': 'user',
  /** There is a file of that name already; nothing was written. */
  'file-exists': 'user',
  /** A file that may be read, but not changed. */
  'file-read-only': 'user',
  /** A file that could not be written, for a reason that the message says. */
  'file-not-written': 'operational',
  'not-yet': 'user',
  /** The database was written by a newer Pipewright; nothing was touched. */
  'database-newer': 'user',
  'data-folder-unusable': 'user',
  /** No space is left where something had to be written; what had finished is kept. */
  'disk-full': 'operational',
  /** The database of the data folder failed: damaged, locked, or the disk reported an error. */
  'store-failed': 'operational',
  /** A stage names a secret that no scope has. */
  'secret-missing': 'user',
  /** A name or a value that cannot be a secret. */
  'secret-invalid': 'user',
  /** The stored secrets, or their key, cannot be used; nothing was changed. */
  'vault-unreadable': 'user',
  'node-too-old': 'user',
  'address-in-use': 'user',
  /** Someone else does the same at this moment. */
  busy: 'user',
  /** A stored blob no longer has the hash of its name. */
  'blob-corrupt': 'operational',
  'spawn-failed': 'operational',
  'workspace-failed': 'operational',
  'place-failed': 'operational',
  /** A place whose expressions came to a value that it cannot have. */
  'place-invalid': 'user',
  'unsupported-place': 'operational',
  'docker-unreachable': 'operational',
  'image-missing': 'operational',
  'image-pull-failed': 'operational',
  'image-build-failed': 'user',
  'service-unhealthy': 'operational',
  'ssh-failed': 'operational',
  'host-key-changed': 'operational',
  /** No host that is registered has the labels that a stage asks for. */
  'host-missing': 'operational',
  'log-write-failed': 'operational',
  'artifact-failed': 'operational',
  'report-failed': 'operational',
  /** A plugin's manifest, files or lock file that cannot be used. */
  'plugin-invalid': 'user',
  /** A plugin that could not be fetched, or is not what was locked. */
  'plugin-failed': 'operational',
  /** No tool is installed that could do what a kind is to do. */
  'tool-missing': 'user',
  /** A kind could not judge: its tool crashed, wrote no report, or looked at nothing. */
  'kind-failed': 'operational',
  /** A registry, a server or an advisory database that did not answer as it should. */
  'service-failed': 'operational',
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

/**
 * An `AppError` for whatever was thrown: a full disk and a database that fails have codes of their own; what else is not
 * ours becomes `fallback` with the original as its cause.
 */
export function toAppError(error: unknown, fallback: ErrorCode = 'internal'): AppError {
  if (error instanceof AppError) return error;
  return (
    diskFullError(error) ?? storeError(error) ?? new AppError(fallback, messageOf(error), { cause: error })
  );
}

function diskFullError(error: unknown): AppError | null {
  if (!isDiskFull(error)) return null;
  const file = fileOf(error);
  const reason = reasonOf(error);
  const message = file === null ? sentence(reason) : `${sentence(reason, ':')} ${file} could not be written.`;
  const hint = 'Free some space and try again; what had finished is kept.';
  return new AppError('disk-full', message, { hint, cause: error });
}

function storeError(error: unknown): AppError | null {
  const code = systemErrorCode(error);
  if (code?.startsWith('SQLITE_') !== true || code === 'SQLITE_ERROR' || code === 'SQLITE_CONSTRAINT')
    return null;
  if (code === 'SQLITE_READONLY') {
    const hint = 'Choose a folder that you may write to with --data DIR or PIPEWRIGHT_DATA.';
    return new AppError('data-folder-unusable', 'The data folder is read-only.', { hint, cause: error });
  }
  return new AppError('store-failed', `The data folder could not be used: ${reasonOf(error)}.`, {
    cause: error,
  });
}

function sentence(text: string, end = '.'): string {
  return text.charAt(0).toUpperCase() + text.slice(1) + end;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
