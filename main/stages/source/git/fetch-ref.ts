import { AppError } from '#shared/lib/app-error.ts';
import type { GitClient } from './git-client.ts';
import { findRef, parseRemoteRefs, type WantedRef } from './remote-refs.ts';

export interface FetchWish {
  /** '' is the branch of the server's HEAD. */
  readonly ref: string;
  /** 0 is all of the history. */
  readonly depth: number;
  /** `blob:none`, …; null: everything. */
  readonly filter: string | null;
}

/** What was fetched, and is in the repository now. */
export interface FetchedRef {
  readonly commit: string;
  readonly branch: string | null;
  readonly tag: string | null;
}

/**
 * Brings one ref from `origin`.
 * @throws AppError when there is no such ref, or when the server refused or could not be reached
 */
export async function fetchRef(git: GitClient, { ref, depth, filter }: FetchWish): Promise<FetchedRef> {
  const listed = await git.fetch('ls-remote', '--quiet', '--symref', 'origin', ...patternsOf(ref));
  const wanted = findRef(parseRemoteRefs(listed.stdout), ref);
  const common = ['fetch', '--progress', '--no-tags', '--force', '--no-recurse-submodules'];
  if (filter !== null) common.push(`--filter=${filter}`);
  if (wanted.type === 'commit') return fetchCommit(git, wanted, common, depth);
  const shallow = depth === 0 ? await unshallow(git) : [`--depth=${depth}`];
  await git.fetch(...common, ...shallow, 'origin', `+${wanted.ref}:${targetOf(wanted)}`);
  // The server may have moved on since it listed its refs.
  const commit = await git.text('rev-parse', '--verify', `${targetOf(wanted)}^{commit}`);
  const nameOf = (prefix: string): string => wanted.ref.slice(prefix.length);
  return {
    commit,
    branch: wanted.type === 'branch' ? nameOf('refs/heads/') : null,
    tag: wanted.type === 'tag' ? nameOf('refs/tags/') : null,
  };
}

/** Servers list everything that ends so; what is not asked for by its name is left out by `findRef`. */
const patternsOf = (ref: string): string[] =>
  ref === ''
    ? []
    : ref.startsWith('refs/')
      ? [ref, `${ref}^{}`]
      : ['HEAD', `refs/heads/${ref}`, `refs/tags/${ref}`, `refs/tags/${ref}^{}`];

const targetOf = (wanted: Exclude<WantedRef, { type: 'commit' }>): string =>
  wanted.type === 'branch'
    ? wanted.ref.replace('refs/heads/', 'refs/remotes/origin/')
    : wanted.type === 'tag'
      ? wanted.ref
      : `refs/pipewright/${wanted.ref.slice('refs/'.length)}`;

/** Most servers hand out a commit by its whole id; from others, and for the beginning of one, all branches are fetched. */
async function fetchCommit(
  git: GitClient,
  wanted: Extract<WantedRef, { type: 'commit' }>,
  common: readonly string[],
  depth: number,
): Promise<FetchedRef> {
  const verify = ['rev-parse', '--verify', '--quiet', `${wanted.commit}^{commit}`];
  if (wanted.isFull) {
    const shallow = depth === 0 ? await unshallow(git) : [`--depth=${depth}`];
    const direct = await git.run(...common, ...shallow, 'origin', wanted.commit);
    if (direct.outcome.type === 'succeeded')
      return { commit: await git.text(...verify), branch: null, tag: null };
  }
  const everything = ['+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*'];
  await git.fetch(...common, ...(await unshallow(git)), 'origin', ...everything);
  const found = await git.ask(...verify);
  const commit = found.stdout.trim();
  if (found.outcome.type === 'succeeded' && commit !== '') return { commit, branch: null, tag: null };
  throw new AppError('kind-failed', `The repository has no branch, tag or commit "${wanted.commit}".`, {
    hint: 'Look at `ref`; an id needs enough digits to mean one commit.',
  });
}

/** What makes a repository whole that had less of the history. */
async function unshallow(git: GitClient): Promise<string[]> {
  return (await git.text('rev-parse', '--is-shallow-repository')) === 'true' ? ['--unshallow'] : [];
}
