import type { GitClient } from './git-client.ts';

/** More changed files than these are not listed. */
export const MAX_CHANGED_FILES = 2_000;

export interface CommitFacts {
  /** The subject line. */
  readonly message: string;
  /** `Name <mail>`. */
  readonly author: string;
  /** When it was committed, ISO 8601. */
  readonly date: string;
}

export async function readCommit(git: GitClient, commit: string): Promise<CommitFacts> {
  const text = await git.text(
    'show',
    '--no-patch',
    '--no-show-signature',
    '--format=%s%x00%an <%ae>%x00%cI',
    commit,
    '--',
  );
  const [message = '', author = '', date = ''] = text.split('\0');
  return { message, author, date };
}

/**
 * The files that differ between a commit and `since`, or its first parent; relative to the repository.
 * Null: the history that was fetched does not reach back so far.
 */
export async function changedFiles(
  git: GitClient,
  commit: string,
  since: string | null,
): Promise<readonly string[] | null> {
  const from = since ?? `${commit}^`;
  const base = await git.ask('rev-parse', '--verify', '--quiet', `${from}^{commit}`);
  const hasBase = base.outcome.type === 'succeeded';
  if (!hasBase && (since !== null || (await git.text('rev-parse', '--is-shallow-repository')) === 'true'))
    return null;
  const args = hasBase
    ? ['diff', '--name-only', '-z', '--no-renames', base.stdout.trim(), commit, '--']
    : ['ls-tree', '-r', '-z', '--name-only', '--full-tree', commit];
  const text = await git.text(...args);
  return text.split('\0').filter(Boolean).slice(0, MAX_CHANGED_FILES);
}
