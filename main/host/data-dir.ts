import { access, constants, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/lib/app-error.ts';

/**
 * The folder of all data: what was asked for, else `PIPEWRIGHT_DATA`, else the platform's place for it.
 * @returns an absolute path; nothing is created
 */
export async function resolveDataDir(wanted: string | undefined, env: NodeJS.ProcessEnv): Promise<string> {
  const chosen = wanted ?? (env.PIPEWRIGHT_DATA === '' ? undefined : env.PIPEWRIGHT_DATA);
  if (chosen !== undefined) return path.resolve(chosen);
  const { default: envPaths } = await import('env-paths');
  return envPaths('pipewright', { suffix: '' }).data;
}

/**
 * Makes the folder if it is not there and checks that it can be written.
 * @throws AppError `data-folder-unusable`
 */
export async function prepareDataDir(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new AppError(
      'data-folder-unusable',
      `The data folder ${dataDir} cannot be used: ${reason(error)}.`,
      {
        hint: 'Choose another with --data DIR or PIPEWRIGHT_DATA.',
        cause: error,
      },
    );
  }
}

function reason(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EACCES':
    case 'EPERM':
      return 'no permission to write there';
    case 'EROFS':
      return 'it is on a read-only disk';
    case 'ENOTDIR':
    case 'EEXIST':
      return 'a file is in the way';
    case 'ENOSPC':
      return 'the disk is full';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
