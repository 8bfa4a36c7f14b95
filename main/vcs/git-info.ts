import type { SourceControl } from '#main/engine/ports.ts';
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
