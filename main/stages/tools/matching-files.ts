import { lstat, realpath } from 'node:fs/promises';
import path from 'node:path';
import { glob } from 'tinyglobby';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { contains } from './workspace-path.ts';

/** Folders that no one means by `**`; a pattern that names one gets it. */
const USUALLY_LEFT_OUT = ['node_modules', '.git'];

/**
 * The files of the kind's folder that match, sorted, relative to it and with forward slashes. A leading `!` excludes;
 * links are not followed and do not count.
 * @throws AppError `path-outside` for a pattern that leaves the folder
 */
export async function matchingFiles(
  { cwd, signal }: Pick<KindContext, 'cwd' | 'signal'>,
  patterns: readonly string[],
  setting: string,
): Promise<string[]> {
  for (const pattern of patterns) refuseOutside(pattern.replace(/^!/, ''), setting);
  const named = new Set(patterns.filter((one) => !one.startsWith('!')).flatMap((one) => one.split('/')));
  const ignore = USUALLY_LEFT_OUT.filter((name) => !named.has(name)).map((name) => `**/${name}/**`);
  const found = await glob([...patterns], {
    cwd,
    dot: true,
    ignore,
    followSymbolicLinks: false,
    expandDirectories: false,
    signal,
  });
  const root = await realpath(cwd);
  const folders = new Map<string, boolean>();
  const files: string[] = [];
  for (const file of found.sort()) {
    const folder = path.join(cwd, path.dirname(file));
    // A pattern may go through a link by its name.
    const isInside = folders.get(folder) ?? contains(root, await realpath(folder));
    folders.set(folder, isInside);
    if (isInside && (await lstat(path.join(cwd, file))).isFile()) files.push(file);
  }
  return files;
}

function refuseOutside(pattern: string, setting: string): void {
  const slashed = pattern.replaceAll('\\', '/');
  const isOutside = slashed.startsWith('/') || /^[a-z]:/i.test(slashed) || slashed.split('/').includes('..');
  if (!isOutside) return;
  throw new AppError('path-outside', `\`${setting}\`: ${pattern} is not inside of the stage's folder.`, {
    hint: 'Give patterns relative to that folder, without `..`.',
  });
}
