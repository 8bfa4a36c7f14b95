import { systemErrorCode } from '#shared/lib/system-error.ts';

/** Whether a call of the file system failed because there is nothing of that name. */
export function isMissingFile(error: unknown): boolean {
  const code = systemErrorCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}
