import { AppError } from '#shared/lib/app-error.ts';

/** For what the design has and this version has not. @param what such as `` `diff` `` or `--resume` */
export function notYet(what: string): AppError {
  return new AppError('not-yet', `${what} is not there yet in this version.`, {
    hint: 'See `pipewright --help` for what is.',
  });
}
