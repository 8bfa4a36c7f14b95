import { AppError } from '#shared/lib/app-error.ts';
import type { PlannedMount } from '#shared/pipeline/plan-place.ts';

/**
 * A daemon on another machine would make empty folders there instead of mounting those of this one. An absolute path is one of
 * that machine, as `docker` itself has it.
 * @throws AppError `place-failed`
 */
export function refuseFolders(address: string, mounts: readonly PlannedMount[]): void {
  const folder = mounts.find(({ from }) => /^~\/|^\.|\//.test(from) && !/^(?:\/|[A-Za-z]:[\\/])/.test(from));
  if (folder === undefined) return;
  throw new AppError(
    'place-failed',
    `${folder.from} of this machine cannot be mounted at ${folder.to}: Docker at ${address} is on another one.`,
    { hint: 'Use a volume by its name, or a path of that machine.' },
  );
}
