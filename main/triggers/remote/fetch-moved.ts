import { createHash } from 'node:crypto';
import { AppError } from '#shared/lib/app-error.ts';
import type { Git } from '../ports.ts';
import { branchOf } from '../ref-filter.ts';
import type { MovedRef } from './remote-refs.ts';

/** How Git is asked about one remote. */
export interface RemoteAccess {
  readonly git: Git;
  readonly projectDir: string;
  /** A name or an address. */
  readonly remote: string;
  readonly options: NonNullable<Parameters<Git>[1]['remote']>;
  readonly signal: AbortSignal;
}

const TIMEOUT_MS = 60_000;

export const askGit = (
  { git, projectDir, options, signal }: RemoteAccess,
  ...args: readonly string[]
): Promise<string> => git(args, { cwd: projectDir, signal, timeoutMs: TIMEOUT_MS, remote: options });

/** @throws AppError `usage` when the project is not in Git, so that no commit can be fetched into it */
export async function requireRepository(access: RemoteAccess): Promise<void> {
  try {
    await askGit(access, 'rev-parse', '--git-dir');
  } catch (error) {
    const { exitCode } = error as { readonly exitCode?: number };
    if (exitCode === undefined) throw error;
    throw new AppError(
      'usage',
      'The project is not in Git, so no commit of a remote can be checked out for a run.',
    );
  }
}

/** Says which repository a remote is, also after its name was given to another one; no address can be read from it. */
export async function sourceOf(access: RemoteAccess): Promise<string> {
  const url = await askGit(access, 'ls-remote', '--get-url', '--', access.remote);
  return digestOf(url.trim());
}

/**
 * Fetches a commit that a ref has moved to below `refs/pipewright/`, which shows in no list of branches.
 * @returns false when the ref has moved on meanwhile, so that the commit is not there: another look finds where to
 */
export async function fetchMoved(
  access: RemoteAccess,
  source: string,
  { ref, commit }: MovedRef,
): Promise<boolean> {
  // One flat name for each ref: folders of names would be in each other's way, as `a` is after it gave place to `a/b`.
  const kept = `refs/pipewright/remote/${digestOf(`${source} ${ref}`)}`;
  const words = ['--quiet', '--no-tags', '--no-write-fetch-head', '--refmap=', '--recurse-submodules=no'];
  await askGit(access, 'fetch', ...words, '--', access.remote, `+${ref}:${kept}`);
  const type = await askGit(access, 'cat-file', '-t', commit).catch(() => '');
  return type.trim() === 'commit';
}

/** Null when it cannot be told: a new branch or tag, or a commit that is not there any more. */
export async function changedBy(
  access: RemoteAccess,
  { ref, commit, before }: MovedRef,
): Promise<readonly string[] | null> {
  if (before === null || branchOf(ref) === null) return null;
  try {
    const names = await askGit(access, 'diff', '--name-only', '-z', before, commit, '--');
    return names.split('\0').filter((name) => name !== '');
  } catch {
    // What cannot be compared still has moved.
    return null;
  }
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 24);
