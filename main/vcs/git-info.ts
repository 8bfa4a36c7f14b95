import type { SourceControl } from '#main/engine/ports.ts';
import type { GitInfo } from '#shared/run/events.ts';
import { git, mayBeInRepository } from './git-command.ts';

/** A run does not wait longer than this for a description of its project. */
const TIMEOUT_MS = 5_000;

/** Describes projects in Git; null outside of a repository, before its first commit, and without Git. */
export const gitSourceControl: SourceControl = {
  async describe(projectDir) {
    if (!mayBeInRepository(projectDir)) return null;
    const options = { cwd: projectDir, timeoutMs: TIMEOUT_MS };
    const [log, head] = await Promise.allSettled([
      git(['log', '-1', '--no-show-signature', '--format=%H%n%s'], options),
      git(['symbolic-ref', '--quiet', '--short', 'HEAD'], options),
    ]);
    if (log.status === 'rejected') return null;
    const [commit, message = ''] = log.value.split('\n');
    if (!commit) return null;
    return { commit, branch: head.status === 'fulfilled' ? head.value.trim() : null, message };
  },
};

/**
 * Describes a commit that a run works on.
 * @param branch as whoever asked for the commit knows it; null for a tag
 * @throws ExecaError when the commit is not there
 */
export async function describeCommit(
  projectDir: string,
  commit: string,
  branch: string | null,
): Promise<GitInfo> {
  const format = ['log', '-1', '--no-show-signature', '--format=%H%n%s', commit, '--'];
  const [id = commit, message = ''] = (await git(format, { cwd: projectDir, timeoutMs: TIMEOUT_MS })).split(
    '\n',
  );
  return { commit: id, branch, message, isCheckedOut: true };
}
