import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { glob } from 'tinyglobby';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { SCRATCH_ROOT } from '../../tools/with-scratch.ts';

const NEVER = ['node_modules', '.git', '.hg', '.svn', SCRATCH_ROOT].map((name) => `**/${name}/**`);

export interface FileChoice {
  readonly paths: readonly string[];
  readonly exclude: readonly string[];
}

/**
 * The files that a stage is to look at, relative to its folder, with forward slashes, in order. Files that Git ignores are
 * left out where the folder is a Git work tree, and links always.
 * @throws AppError `path-outside`
 */
export async function selectFiles(
  context: KindContext,
  { paths, exclude }: FileChoice,
): Promise<readonly string[]> {
  for (const pattern of [...paths, ...exclude]) refuseOutside(pattern);
  const found = await glob(paths.length === 0 ? ['**/*'] : [...paths], {
    cwd: context.cwd,
    ignore: [...NEVER, ...exclude],
    dot: true,
    onlyFiles: true,
    followSymbolicLinks: false,
  });
  const tracked = found.length === 0 ? null : await filesOfGit(context);
  const files: string[] = [];
  for (const file of found) {
    if (tracked !== null && !tracked.has(file)) continue;
    const state = await lstat(path.join(context.cwd, file)).catch(() => null);
    if (state?.isFile() === true) files.push(file);
  }
  return files.sort();
}

/** @throws AppError `path-outside` when a path or a glob of a setting leads out of the workspace */
export function refuseOutside(pattern: string): void {
  const plain = pattern.replace(/^!/, '').replaceAll('\\', '/');
  if (!plain.startsWith('/') && !/^[A-Za-z]:/.test(plain) && !plain.split('/').includes('..')) return;
  throw new AppError('path-outside', `${pattern} leads out of the workspace.`, {
    hint: 'Write it relative to the stage’s folder, without `..`.',
  });
}

/** What Git knows or would add; null: it is no work tree of Git, or Git is not there. */
async function filesOfGit(context: KindContext): Promise<ReadonlySet<string> | null> {
  const { outcome, stdout, isCut } = await context.exec({
    argv: ['git', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    silent: 'both',
  });
  return outcome.type !== 'succeeded' || isCut ? null : new Set(stdout.split('\0'));
}
