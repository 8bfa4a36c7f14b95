import { AppError } from '#shared/lib/app-error.ts';
import { git, isGitMissing, isGitRefusal } from './git-command.ts';

const TIMEOUT_MS = 60_000;

export interface WantedCommit {
  readonly commit: string;
  /** The ref of the remote that should lead to it, as `refs/heads/main` or `refs/pull/7/head`; null when none is known. */
  readonly ref: string | null;
  /** The remote that is asked first; the others follow. */
  readonly remote: string;
}

/** Whether a repository has a commit, not only its name. */
export async function hasCommit(cwd: string, commit: string, signal?: AbortSignal): Promise<boolean> {
  try {
    await git(['cat-file', '-e', `${commit}^{commit}`], { cwd, signal });
    return true;
  } catch (error) {
    if (!isGitRefusal(error)) throw error;
    return false;
  }
}

/**
 * Makes sure that a project has a commit: fetches it from its remotes when it is not there, below `refs/pipewright/`, which
 * shows in no list of branches and keeps it from Git's own clean-up. Nothing else of the project changes.
 * @throws AppError `workspace-failed` when no remote gives it, or the project is not in Git
 */
export async function fetchCommit(
  projectDir: string,
  { commit, ref, remote }: WantedCommit,
  signal?: AbortSignal,
): Promise<void> {
  const options = { cwd: projectDir, signal, timeoutMs: TIMEOUT_MS };
  const short = commit.slice(0, 10);
  if (!/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(commit)) throw failed(`${short} is no commit.`, null);
  try {
    if (await hasCommit(projectDir, commit, signal)) return;
    const names = (await git(['remote'], options)).split('\n').filter((name) => name !== '');
    const remotes = [remote, ...names.filter((name) => name !== remote)].filter((name) =>
      names.includes(name),
    );
    // A commit by its name last: not every server gives one that no branch ends with.
    const specs = [...(ref === null ? [] : [`+${ref}:${keptRef(ref)}`]), `+${commit}:${keptRef(commit)}`];
    for (const name of remotes) {
      for (const spec of specs) {
        const words = ['--quiet', '--no-tags', '--no-write-fetch-head', '--refmap=', '--', name, spec];
        await git(['fetch', ...words], options).catch((error: unknown) => {
          if (!isGitRefusal(error)) throw error;
        });
        if (await hasCommit(projectDir, commit, signal)) return;
      }
    }
    const asked = remotes.length === 0 ? 'the project has no remote' : `asked: ${remotes.join(', ')}`;
    throw failed(`The commit ${short} is not in the project, and no remote gives it (${asked}).`, null);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof AppError) throw error;
    if (isGitMissing(error)) throw failed('Git is needed to check out a commit, and there is none.', error);
    if (isGitRefusal(error)) {
      throw failed(`${projectDir} is not in Git, so the commit ${short} cannot be checked out.`, error);
    }
    throw failed(`The commit ${short} could not be fetched in time.`, error);
  }
}

/** Where a fetched ref is kept: `refs/heads/main` as `refs/pipewright/heads/main`, a commit below `commits`. */
function keptRef(ref: string): string {
  return `refs/pipewright/${ref.startsWith('refs/') ? ref.slice('refs/'.length) : `commits/${ref}`}`;
}

function failed(message: string, cause: unknown): AppError {
  return new AppError('workspace-failed', message, {
    hint: 'Fetch it in the project, or check how the project is connected to its remote.',
    ...(cause === null ? {} : { cause }),
  });
}
