import fsp from 'node:fs/promises';
import path from 'node:path';
import { cloneObjects } from './clone-objects.ts';
import { copyConfig } from './copy-config.ts';
import { copyFiles } from './copy-files.ts';
import { git, isGitRefusal } from './git-command.ts';
import { listWorkingTree } from './list-files.ts';
import type { Repository } from './repository.ts';

/**
 * Copies a repository with its working tree into `target`, so that Git says the same there as in the project: all branches,
 * tags and remotes (`origin` is the project's own, if it has one), the same HEAD, the same staged and changed files.
 * Objects are hard links where possible and never change; hooks and ignored files stay behind.
 * @param excluded a folder that is not copied if it lies inside, as an absolute real path
 */
export async function cloneRepository(
  repository: Repository,
  target: string,
  excluded: string,
  signal: AbortSignal,
): Promise<void> {
  const { topLevel } = repository;
  const gitDir = path.join(target, '.git');
  const [listing, head] = await Promise.all([
    listWorkingTree(topLevel, excluded, signal),
    readHead(topLevel, signal),
    cloneObjects(topLevel, target, signal),
  ]);
  await Promise.all([
    copyFiles(topLevel, target, listing, signal),
    copyConfig(topLevel, target, signal),
    fsp.writeFile(path.join(gitDir, 'HEAD'), head),
    copyOwnState(repository, gitDir),
  ]);
  // Files have new times here; scripts ask `git diff-index`, which takes those for changes until the index knows them.
  await git(['update-index', '-q', '--refresh'], { cwd: target, signal }).catch((error: unknown) => {
    if (!isGitRefusal(error)) throw error;
  });
}

/** The content of a `HEAD` file; a clone would guess a branch for a detached one. */
async function readHead(cwd: string, signal: AbortSignal): Promise<string> {
  try {
    return `ref: ${await git(['symbolic-ref', '--quiet', 'HEAD'], { cwd, signal })}`;
  } catch (error) {
    if (!isGitRefusal(error)) throw error;
    return git(['rev-parse', '--verify', 'HEAD'], { cwd, signal });
  }
}

/** What Git does not clone: the index with what is staged, and the exclusions that are nobody else's. */
async function copyOwnState({ gitDir, commonDir }: Repository, target: string): Promise<void> {
  await fsp.mkdir(path.join(target, 'info'), { recursive: true });
  const shared = (await fsp.readdir(gitDir)).filter(
    (name) => name === 'index' || name.startsWith('sharedindex.'),
  );
  const copies = [
    ...shared.map((name) => [path.join(gitDir, name), name] as const),
    ...['exclude', 'attributes'].map(
      (name) => [path.join(commonDir, 'info', name), path.join('info', name)] as const,
    ),
    [path.join(gitDir, 'info', 'sparse-checkout'), path.join('info', 'sparse-checkout')] as const,
  ];
  for (const [from, to] of copies) {
    await fsp.copyFile(from, path.join(target, to)).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    });
  }
}
