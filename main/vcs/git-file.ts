import type { GitFile, Head } from '#shared/api/source-schemas.ts';
import { git, mayBeInRepository } from './git-command.ts';

const TIMEOUT_MS = 5_000;
const NOTHING: Head = { git: null, text: null };

/**
 * How a file stands in Git, and what the newest commit has of it.
 * @param file relative to the project's folder, with forward slashes
 */
export async function describeFile(projectDir: string, file: string): Promise<Head> {
  if (!mayBeInRepository(projectDir)) return NOTHING;
  const options = { cwd: projectDir, timeoutMs: TIMEOUT_MS };
  const [status, branch, text] = await Promise.allSettled([
    git(['status', '--porcelain=v1', '-z', '--ignored', '--untracked-files=all', '--', `./${file}`], options),
    git(['symbolic-ref', '--quiet', '--short', 'HEAD'], options),
    git(['show', '--no-textconv', `HEAD:./${file}`], options),
  ]);
  // No Git, or no repository after all.
  if (status.status === 'rejected') return NOTHING;
  return {
    git: {
      branch: branch.status === 'fulfilled' ? branch.value.trim() : null,
      status: statusOf(status.value.slice(0, 2)),
    },
    text: text.status === 'fulfilled' ? text.value : null,
  };
}

/** @param code the two letters of `git status --porcelain` */
function statusOf(code: string): GitFile['status'] {
  if (code === '') return 'clean';
  if (code === '??') return 'untracked';
  if (code === '!!') return 'ignored';
  if (code.includes('U') || code === 'AA' || code === 'DD') return 'conflict';
  return code.startsWith('A') ? 'added' : 'modified';
}
