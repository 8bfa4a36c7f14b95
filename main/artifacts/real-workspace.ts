import fsp from 'node:fs/promises';
import { AppError } from '#shared/lib/app-error.ts';
import { reasonOf, systemErrorCode } from '#shared/lib/system-error.ts';

/** A workspace's path without links. @throws AppError `workspace-failed`, as when a stage has removed it */
export async function realWorkspace(workspace: string): Promise<string> {
  try {
    return await fsp.realpath(workspace);
  } catch (error) {
    const reason = systemErrorCode(error) === 'ENOENT' ? 'is gone' : `cannot be read: ${reasonOf(error)}`;
    throw new AppError('workspace-failed', `The workspace ${workspace} ${reason}.`, {
      hint: 'A stage must leave the folder that it works in where it is.',
      cause: error,
    });
  }
}
