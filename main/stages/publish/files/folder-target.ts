import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/lib/app-error.ts';
import { reasonOf } from '#shared/lib/system-error.ts';
import { sha256OfFile } from './sha256-of-file.ts';
import type { FileTarget } from './target.ts';

/** A folder of this machine, such as a share of the team. @param folder absolute; made if it is not there */
export function createFolderTarget(folder: string, signal: AbortSignal): FileTarget {
  const placeOf = (file: string): string => path.join(folder, ...file.split('/'));
  return {
    name: folder,
    urlOf: placeOf,
    async digestOf(file) {
      const place = placeOf(file.path);
      if ((await stat(place).catch(() => null)) === null) return null;
      return (await sha256OfFile(place, signal)).sha256;
    },
    async send(file) {
      const place = placeOf(file.path);
      const temporary = path.join(path.dirname(place), `.pipewright-${randomUUID()}`);
      try {
        await mkdir(path.dirname(place), { recursive: true });
        await copyFile(file.absolute, temporary);
        await rename(temporary, place);
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => undefined);
        throw new AppError(
          'service-failed',
          `${file.path} could not be written to ${folder}: ${reasonOf(error)}.`,
          {
            cause: error,
          },
        );
      }
    },
  };
}
