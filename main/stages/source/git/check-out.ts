import type { KindContext } from '#main/engine/kind-ports.ts';
import type { FetchedRef } from './fetch-ref.ts';
import type { GitClient } from './git-client.ts';

/** Narrows the files to folders, or with patterns to what they match; an empty list takes that back. */
export async function narrowFiles(git: GitClient, sparse: readonly string[]): Promise<void> {
  if (sparse.length > 0) {
    const mode = sparse.some((one) => /[*?[!]/.test(one)) ? '--no-cone' : '--cone';
    await git.must('sparse-checkout', 'set', mode, ...sparse);
    return;
  }
  const isNarrow = (await git.ask('config', '--get', 'core.sparseCheckout')).stdout.trim() === 'true';
  if (isNarrow) await git.must('sparse-checkout', 'disable');
}

/**
 * Brings the commit's files. A branch is checked out under its name, unless a local one has commits that would be lost:
 * then, as for tags and commits, nothing but the commit is.
 */
export async function checkOut(
  context: KindContext,
  git: GitClient,
  fetched: FetchedRef,
  clean: boolean,
): Promise<void> {
  const force = clean ? ['--force'] : [];
  const { commit, branch } = fetched;
  if (branch !== null) {
    const local = `refs/heads/${branch}`;
    const isNew = (await git.ask('rev-parse', '--verify', '--quiet', local)).outcome.type !== 'succeeded';
    const losesNothing =
      isNew ||
      clean ||
      (await git.ask('merge-base', '--is-ancestor', local, commit)).outcome.type === 'succeeded';
    if (losesNothing) {
      await git.must('checkout', '--quiet', ...force, '-B', branch, commit, '--');
      return;
    }
    await context.say(`the local branch ${branch} has commits of its own and is left as it is`);
  }
  await git.must('checkout', '--quiet', ...force, '--detach', commit, '--');
}
