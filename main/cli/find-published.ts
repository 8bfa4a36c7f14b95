import type { PublishedVersion, Repository } from '#main/engine/repository-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { didYouMean } from './did-you-mean.ts';
import { plainText } from './run-output/stage-line.ts';

/** `shop@1.4.0` or `@team/shop@stable` in its parts; without a version it is null. */
export function splitPackage(word: string): { readonly name: string; readonly version: string | null } {
  const at = word.lastIndexOf('@');
  return at > 0 ? { name: word.slice(0, at), version: word.slice(at + 1) } : { name: word, version: null };
}

/** A version by its name or by a channel. @throws AppError `artifact-not-found`, `usage` */
export function findPublished(repository: Repository, word: string): PublishedVersion {
  const { name, version } = splitPackage(word);
  requirePackage(repository, name);
  if (version === null || version === '') {
    throw new AppError('usage', `${plainText(word)} names no version.`, {
      hint: `Write it as ${plainText(name)}@1.0.0 or ${plainText(name)}@stable.`,
    });
  }
  const found = repository.find(name, version) ?? repository.find(name, `@${version}`);
  if (found !== null) return found;
  throw new AppError(
    'artifact-not-found',
    `${plainText(name)} has neither a version nor a channel ${plainText(version)}.`,
    {
      hint: `See \`pipewright repository show ${plainText(name)}\`.`,
    },
  );
}

/** @throws AppError `artifact-not-found` */
export function requirePackage(repository: Repository, name: string): void {
  const names = repository.packages().map((one) => one.name);
  if (names.includes(name)) return;
  throw new AppError('artifact-not-found', `There is no package ${plainText(name)} in the repository.`, {
    hint: didYouMean(name, names, 'See `pipewright repository list`.'),
  });
}
