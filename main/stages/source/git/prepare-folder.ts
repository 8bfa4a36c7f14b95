import { lstat, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { WorkspacePath } from '../../tools/workspace-path.ts';
import { publicUrl } from '../check-url.ts';
import type { GitClient } from './git-client.ts';

/** A folder that one may write to without care: not the one in which a person works. */
export function refuseOwnFolder(
  { workspace, run }: KindContext,
  { here }: WorkspacePath,
  hint: string,
): void {
  if (path.relative(workspace, here) !== '' || path.relative(workspace, run.projectDir) !== '') return;
  throw new AppError('usage', "This would remove what is not committed in the project's own folder.", {
    hint,
  });
}

/**
 * Makes `target` a repository with `url` as its `origin`; one that is there already is used again.
 * @param clean removes what else is in the folder
 * @throws AppError `usage` when it holds a checkout of something else
 */
export async function prepareFolder(
  context: KindContext,
  git: GitClient,
  { target, url, clean }: { readonly target: WorkspacePath; readonly url: string; readonly clean: boolean },
): Promise<void> {
  if (clean) refuseOwnFolder(context, target, 'Leave `clean` out, or choose another `path`.');
  const isRepository = await exists(path.join(target.here, '.git'));
  if (isRepository && (await keepsRepository(git, target, url, clean))) {
    if (!clean) return;
    // Before the first commit there is nothing to go back to.
    await git.ask('reset', '--quiet', '--hard');
    await git.must('clean', '--quiet', '-ffdx');
    return;
  }
  if (clean) await emptyFolder(target.here);
  await mkdir(target.here, { recursive: true });
  // No hooks of a template: what runs in a stage is in its file.
  await git.must('init', '--quiet', '--template=', '.');
  await git.must('config', 'remote.origin.url', url);
}

async function keepsRepository(
  git: GitClient,
  target: WorkspacePath,
  url: string,
  clean: boolean,
): Promise<boolean> {
  const known = (await git.ask('config', '--local', '--get', 'remote.origin.url')).stdout.trim();
  if (known === url) return true;
  if (known === '') {
    await git.must('config', 'remote.origin.url', url);
    return true;
  }
  if (clean) return false;
  throw new AppError('usage', `${target.relative} holds a checkout of ${publicUrl(known)}.`, {
    hint: 'Set another `path`, or `clean: true` to remove it first.',
  });
}

export async function emptyFolder(dir: string): Promise<void> {
  if (!(await exists(dir))) return;
  for (const name of await readdir(dir))
    await rm(path.join(dir, name), { recursive: true, force: true, maxRetries: 3 });
}

export async function exists(file: string): Promise<boolean> {
  try {
    await lstat(file);
    return true;
  } catch {
    return false;
  }
}
