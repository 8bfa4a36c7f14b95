import fsp from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/lib/app-error.ts';
import { copyConfig } from './copy-config.ts';
import { hasCommit } from './fetch-commit.ts';
import { git, gitBytes, isGitRefusal } from './git-command.ts';
import { cloneObjects } from './clone-objects.ts';
import type { Repository } from './repository.ts';

export interface CommitToClone {
  readonly commit: string;
  /** The branch that HEAD is on, moved to the commit there; null for a detached HEAD. */
  readonly branch: string | null;
}

/**
 * Copies a repository into `target` with the files of one commit, whatever the project's own folder holds: nothing that is
 * not committed comes along. Branches, tags and remotes are the project's; no hook of it runs. Submodules that are there in
 * the project are filled at the commit that this one names.
 * @throws AppError `workspace-failed` when a submodule's commit cannot be had; ExecaError
 */
export async function cloneCommit(
  repository: Pick<Repository, 'topLevel'>,
  target: string,
  { commit, branch }: CommitToClone,
  signal: AbortSignal,
): Promise<void> {
  const { topLevel } = repository;
  await cloneObjects(topLevel, target, signal);
  await copyConfig(topLevel, target, signal);
  const gitDir = path.join(target, '.git');
  const inTarget = (...args: readonly string[]): Promise<string> => git(args, { cwd: target, signal });
  // Detached first: an update of the branch that HEAD is on could be refused.
  await fsp.writeFile(path.join(gitDir, 'HEAD'), `${commit}\n`);
  if (branch !== null && (await canUpdate(`refs/heads/${branch}`))) {
    await inTarget('symbolic-ref', 'HEAD', `refs/heads/${branch}`);
  }
  const noHooks = `core.hooksPath=${path.join(gitDir, 'no-hooks')}`;
  await inTarget('-c', noHooks, 'reset', '--quiet', '--hard', commit);
  for (const submodule of await submodulesOf(target, commit, signal)) {
    await fillSubmodule(topLevel, target, submodule, signal);
  }

  /** False when the project has a branch that stands in its way, as `a` does for `a/b`. */
  async function canUpdate(ref: string): Promise<boolean> {
    try {
      await inTarget('update-ref', ref, commit);
      return true;
    } catch (error) {
      if (!isGitRefusal(error)) throw error;
      return false;
    }
  }
}

interface Submodule {
  /** Relative, with forward slashes. */
  readonly path: string;
  readonly commit: string;
}

async function submodulesOf(cwd: string, commit: string, signal: AbortSignal): Promise<Submodule[]> {
  const listing = await gitBytes(['ls-tree', '-r', '-z', '--full-tree', commit], { cwd, signal });
  return Buffer.from(listing)
    .toString('utf8')
    .split('\0')
    .flatMap((line) => {
      const [, id, name] = /^160000 commit ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
      return id === undefined || name === undefined ? [] : [{ path: name, commit: id }];
    });
}

/** As in a copy of the folder: files without a `.git` of their own; one that was never fetched stays empty. */
async function fillSubmodule(
  topLevel: string,
  target: string,
  submodule: Submodule,
  signal: AbortSignal,
): Promise<void> {
  const source = path.join(topLevel, submodule.path);
  if (!(await fsp.lstat(path.join(source, '.git')).catch(() => null))) return;
  const { commit } = submodule;
  if (!(await hasCommit(source, commit, signal))) {
    await git(['fetch', '--quiet', '--no-write-fetch-head', 'origin', commit], { cwd: source, signal }).catch(
      (error: unknown) => {
        if (!isGitRefusal(error)) throw error;
        throw new AppError(
          'workspace-failed',
          `The submodule ${submodule.path} has no commit ${commit.slice(0, 10)}, and its remote does not give it.`,
          { hint: 'Fetch it in the project: `git submodule update --init --recursive`.', cause: error },
        );
      },
    );
  }
  const inside = path.join(target, submodule.path);
  await fsp.rm(inside, { recursive: true, force: true });
  await cloneCommit({ topLevel: source }, inside, { commit, branch: null }, signal);
  await fsp.rm(path.join(inside, '.git'), { recursive: true, force: true });
}
