import { execa } from 'execa';
import type { Git } from '../ports.ts';

/** One branch or tag of a push, or the one commit to be made. */
export interface HookChange {
  /** Null with a detached HEAD. */
  readonly ref: string | null;
  readonly commit: string | null;
  /** Null when it cannot be told. */
  readonly changed: readonly string[] | null;
}

const NOTHING = /^0+$/;

/**
 * What a push would change, from what Git writes to a pre-push hook's input: lines of
 * `<local ref> <local commit> <remote ref> <remote commit>`. What is only removed is left out.
 */
export async function readPush(
  git: Git,
  projectDir: string,
  input: string,
  remote: string,
): Promise<HookChange[]> {
  const changes: HookChange[] = [];
  for (const line of input.split('\n')) {
    const [, local, ref, theirs] = line.trim().split(' ');
    if (local === undefined || ref === undefined || theirs === undefined || NOTHING.test(local)) continue;
    changes.push({ ref, commit: local, changed: await pushedFiles(git, projectDir, local, theirs, remote) });
  }
  return changes;
}

async function pushedFiles(
  git: Git,
  cwd: string,
  local: string,
  theirs: string,
  remote: string,
): Promise<readonly string[] | null> {
  const unknownThere = ['log', '--format=', '--name-only', '-z', local, '--not', `--remotes=${remote}`];
  const attempts = NOTHING.test(theirs) ? [] : [['diff', '--name-only', '-z', theirs, local]];
  for (const args of [...attempts, unknownThere]) {
    try {
      const names = (await git([...args, '--'], { cwd })).split('\0').map((name) => name.trim());
      return [...new Set(names.filter((name) => name !== ''))].sort();
    } catch {
      // Their commit is not here: nobody has fetched it.
    }
  }
  return null;
}

/**
 * What is about to be committed.
 * @param indexFile the index that Git uses for this commit, where it said one (`git commit -a` has one of its own)
 */
export async function readCommit(
  git: Git,
  projectDir: string,
  indexFile: string | undefined,
): Promise<HookChange> {
  const branch = await git(['symbolic-ref', '--quiet', 'HEAD'], { cwd: projectDir }).catch(() => '');
  const { stdout, exitCode } = await execa('git', ['diff', '--cached', '--name-only', '-z'], {
    cwd: projectDir,
    stdin: 'ignore',
    reject: false,
    ...(indexFile ? { env: { GIT_INDEX_FILE: indexFile } } : {}),
  });
  return {
    ref: branch.trim() || null,
    commit: null,
    changed: exitCode === 0 ? stdout.split('\0').filter((name) => name !== '') : null,
  };
}
