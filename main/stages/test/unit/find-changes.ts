import type { KindContext, ToolExit } from '#main/engine/kind-ports.ts';
import { findRepository, gitIn } from './find-repository.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { type ChangedLines, CHANGED_LINES_ARGS, parseChangedLines } from '#shared/reports/changed-lines.ts';

/** What was changed since a branch was left. */
export interface Changes {
  /** By path relative to the workspace. */
  readonly lines: ChangedLines;
  /** The branch as Git knows it. */
  readonly base: string;
  /** The commit that both have in common. */
  readonly commit: string;
}

/**
 * The lines that differ from where the branch left `base`, files that are not committed among them. The repository is that of the
 * workspace, or that of the project where the workspace is a copy without one.
 * @param base null: the remote's default branch, else `main` or `master`
 * @throws AppError `kind-failed` when there is no repository or no such branch
 */
export async function findChanges(context: KindContext, base: string | null): Promise<Changes> {
  const repository = await findRepository(context);
  if (repository === null) throw noChanges('there is no Git repository');
  const git = (args: readonly string[]): Promise<ToolExit> => gitIn(context, repository, args);
  const { name, commit } = await mergeBase(git, base);
  const { git: at, projectDir } = context.run;
  const isOfCommit = at?.isCheckedOut === true && repository === projectDir;
  const diff = await git([...CHANGED_LINES_ARGS, commit, ...(isOfCommit ? [at.commit] : []), '--']);
  if (diff.exitCode !== 0) throw noChanges(`git diff failed: ${diff.stderr.trim().slice(0, 200)}`);
  const lines = new Map(parseChangedLines(diff.stdout));
  if (!isOfCommit) {
    const added = await git(['ls-files', '--others', '--exclude-standard', '-z']);
    for (const file of added.stdout.split('\0')) if (file !== '') lines.set(file, WHOLE_FILE);
  }
  return { lines, base: name, commit };
}

/** Of a file that Git does not know yet every line is new; which of them are code, the coverage tells. */
const WHOLE_FILE: readonly number[] = Array.from({ length: 50_000 }, (_, index) => index + 1);

async function mergeBase(
  git: (args: readonly string[]) => Promise<ToolExit>,
  base: string | null,
): Promise<{ readonly name: string; readonly commit: string }> {
  const names = base === null ? await defaultBranches(git) : [`origin/${base}`, base];
  for (const name of names) {
    const { exitCode, stdout } = await git(['merge-base', 'HEAD', name]);
    if (exitCode === 0) return { name, commit: stdout.trim() };
  }
  throw noChanges(`there is no branch ${base ?? 'main or master'} that this one comes from`);
}

async function defaultBranches(
  git: (args: readonly string[]) => Promise<ToolExit>,
): Promise<readonly string[]> {
  const { stdout } = await git(['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD']);
  const remote = stdout.trim();
  return [...(remote === '' ? [] : [remote]), 'origin/main', 'origin/master', 'main', 'master'];
}

const noChanges = (why: string): AppError =>
  new AppError('kind-failed', `What was changed is not known, so \`patch-min\` cannot be judged: ${why}.`, {
    hint: 'Fetch the branch that it is compared with, name it in `base`, or leave `patch-min` out.',
  });
