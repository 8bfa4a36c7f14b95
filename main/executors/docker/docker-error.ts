import { AppError, type ErrorCode } from '#shared/lib/app-error.ts';
import { systemErrorCode } from '#shared/lib/system-error.ts';

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'EACCES',
  'EPERM',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
]);

/** The HTTP status with which the daemon refused; null when it was not the daemon that did. */
export function statusOf(error: unknown): number | null {
  const status = (error as { readonly statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : null;
}

export const isNotFound = (error: unknown): boolean => statusOf(error) === 404;
export const isConflict = (error: unknown): boolean => statusOf(error) === 409;

/** What the daemon, or the way to it, said; one line without a full stop at its end. */
export function reasonOfFailure(error: unknown): string {
  const json = (error as { readonly json?: { readonly message?: unknown } } | null)?.json;
  const message =
    typeof json?.message === 'string' ? json.message : error instanceof Error ? error.message : String(error);
  return message
    .replace(/^\(HTTP code \d+\) [^-]* - /, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\.$/, '');
}

/** Why a daemon does not answer, and what to do about it. */
export function dialFailure(error: unknown): { readonly reason: string; readonly hint: string } {
  switch (systemErrorCode(error)) {
    case 'EACCES':
    case 'EPERM':
      return {
        reason: 'you may not use its socket',
        hint: 'Add yourself to the group `docker` and sign in anew, or use a rootless Docker or Podman.',
      };
    case 'ECONNREFUSED':
    case 'ENOENT':
      return {
        reason: 'nobody answers there',
        hint: 'Start Docker (or Podman), or name another daemon in DOCKER_HOST or a Docker context.',
      };
    case null:
    default:
      return {
        reason: reasonOfFailure(error),
        hint: 'Try `docker info`; another daemon can be named in DOCKER_HOST or a Docker context.',
      };
  }
}

/**
 * An error for whatever a call of the daemon threw: the loss of the daemon has a code of its own.
 * @param doing what was tried, as in `start the container`
 */
export function dockerError(error: unknown, doing: string, fallback: ErrorCode = 'place-failed'): AppError {
  if (error instanceof AppError) return error;
  const code = systemErrorCode(error);
  if (statusOf(error) === null && code !== null && UNREACHABLE.has(code)) {
    const { reason, hint } = dialFailure(error);
    return new AppError('docker-unreachable', `Docker was lost on the way to ${doing}: ${reason}.`, {
      hint,
      cause: error,
    });
  }
  const hint = hintFor(reasonOfFailure(error));
  return new AppError(fallback, `Docker could not ${doing}: ${reasonOfFailure(error)}.`, {
    cause: error,
    ...(hint === null ? {} : { hint }),
  });
}

function hintFor(reason: string): string | null {
  if (/port is already allocated|address already in use/.test(reason))
    return 'End what uses the port, or write only the port of the container: a free one is taken then.';
  if (/bind source path does not exist/.test(reason))
    return 'Make the folder first; the daemon must see the files of this machine.';
  if (/exec: "sh"/.test(reason)) return 'Steps need a shell: choose an image that has `sh`.';
  if (/no space left/i.test(reason)) return 'Free some space, for example with `docker system prune`.';
  if (/address pools?/.test(reason)) return 'Remove networks that nobody uses: `docker network prune`.';
  return null;
}
