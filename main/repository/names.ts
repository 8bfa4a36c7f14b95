import { AppError } from '#shared/lib/app-error.ts';

/** `shop`, `@team/shop`, `team.tools/shop`: what npm, OCI and file systems all take. */
const PACKAGE = /^(?:@?[a-z0-9][a-z0-9._-]*\/)*[a-z0-9][a-z0-9._-]*$/i;
const WORD = /^[a-z0-9][a-z0-9._+-]*$/i;
const MAX_CHARS = 200;

const isWord = (text: string): boolean => text.length <= MAX_CHARS && WORD.test(text) && !text.includes('..');

/** @throws AppError `usage` */
export function checkPackageName(name: string): void {
  if (name.length <= MAX_CHARS && PACKAGE.test(name) && !name.includes('..')) return;
  throw new AppError('usage', `${JSON.stringify(name)} is no name of a package.`, {
    hint: 'Use letters, digits, `.`, `_` and `-`; a scope stands before a slash: `@team/shop`.',
  });
}

/** @throws AppError `usage` */
export function checkVersion(version: string): void {
  if (isWord(version)) return;
  throw new AppError('usage', `${JSON.stringify(version)} is no version.`, {
    hint: 'Use letters, digits, `.`, `_`, `+` and `-`, such as 1.4.0 or 2026.11.2.',
  });
}

/** @throws AppError `usage` */
export function checkChannel(channel: string): void {
  if (isWord(channel)) return;
  throw new AppError('usage', `${JSON.stringify(channel)} is no name of a channel.`, {
    hint: 'Use a word such as stable or beta.',
  });
}
