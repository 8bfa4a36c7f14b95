import type { GitClient } from './git-client.ts';

export type SubmoduleMode = 'none' | 'top' | 'recursive';

export interface SubmoduleFacts {
  /** Relative to the repository. */
  readonly path: string;
  readonly commit: string;
}

export interface SubmoduleWish {
  readonly mode: SubmoduleMode;
  /** Fetches of each only the commit that is needed. */
  readonly shallow: boolean;
  /** Throws away what was changed in them. */
  readonly force: boolean;
  readonly jobs: number;
}

/** Brings the submodules to the commits that the repository names. @throws AppError when one of them failed */
export async function updateSubmodules(
  git: GitClient,
  { mode, shallow, force, jobs }: SubmoduleWish,
): Promise<readonly SubmoduleFacts[]> {
  if (mode === 'none') return [];
  const deep = mode === 'recursive' ? ['--recursive'] : [];
  // Addresses may have changed since they were fetched last.
  await git.must('submodule', '--quiet', 'sync', ...deep);
  const depth = shallow ? ['--depth=1'] : [];
  await git.fetch(
    'submodule',
    'update',
    '--init',
    ...(force ? ['--force'] : []),
    ...deep,
    ...depth,
    `--jobs=${jobs}`,
  );
  return parseSubmoduleStatus((await git.ask('submodule', 'status', ...deep)).stdout);
}

/** Reads what `git submodule status` prints; one that was not brought stands with its commit as well. */
export function parseSubmoduleStatus(text: string): readonly SubmoduleFacts[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [, commit, rest] = /^[ +U-]?([0-9a-f]{40,64}) (.+)$/.exec(line) ?? [];
    if (commit === undefined || rest === undefined) return [];
    return [{ commit, path: rest.replace(/ \([^()]*\)$/, '') }];
  });
}
