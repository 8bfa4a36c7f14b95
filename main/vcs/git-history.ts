import type { Commit } from '#shared/api/report-schemas.ts';
import { CHANGED_LINES_ARGS, type ChangedLines, parseChangedLines } from '#shared/reports/changed-lines.ts';
import { git, gitBytes, isGitMissing, isGitRefusal, mayBeInRepository } from './git-command.ts';

/** A screen that waits for Git shows what it has without it after so long. */
const TIMEOUT_MS = 10_000;
/** Branches that others are merged into, the likeliest first. */
const TARGETS = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master'];
const COMMIT = /^[0-9a-f]{40,64}$/;
const FIELD = '\u001f';

/** Commits after `from` up to `to`, newest first, at most `limit`; null where nobody can tell. */
export async function commitsBetween(
  projectDir: string,
  from: string,
  to: string,
  limit: number,
): Promise<Commit[] | null> {
  const format = `--format=%H${FIELD}%s${FIELD}%an${FIELD}%aI`;
  const text = await ask(
    projectDir,
    [from, to],
    ['log', '--no-show-signature', `-n${limit}`, format, `${from}..${to}`, '--', '.'],
  );
  if (text === null) return null;
  return text.split('\n').flatMap((line) => {
    const [commit, message = '', author = '', at = ''] = line.split(FIELD);
    return commit ? [{ commit, message, author, at }] : [];
  });
}

/** Paths, relative to the project's folder, that differ between two commits; null where nobody can tell. */
export async function filesBetween(projectDir: string, from: string, to: string): Promise<string[] | null> {
  const words = ['diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', '--relative', from, to, '--'];
  const text = await ask(projectDir, [from, to], words);
  return text === null ? null : text.split('\0').filter((file) => file !== '');
}

/** Where a commit left the branch that changes are merged into; null when it is of that branch, or nobody can tell. */
export async function mergeBaseOf(projectDir: string, commit: string): Promise<string | null> {
  for (const target of TARGETS) {
    const base = (await ask(projectDir, [commit], ['merge-base', target, commit]))?.trim();
    if (base) return base === commit ? null : base;
  }
  return null;
}

/** Null for a first commit, and where nobody can tell. */
export async function parentOf(projectDir: string, commit: string): Promise<string | null> {
  const words = ['rev-parse', '--verify', '--quiet', `${commit}^`];
  return (await ask(projectDir, [commit], words))?.trim() || null;
}

/** The branch that changes are merged into, as the remote has it; null where nobody can tell. */
export async function remoteBranch(projectDir: string): Promise<string | null> {
  const text = await ask(projectDir, [], ['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD']);
  return text?.trim().replace(/^origin\//, '') || null;
}

/** Files that Git neither has nor ignores, relative to the folder; null where nobody can tell. */
export async function untrackedFiles(dir: string): Promise<string[] | null> {
  const text = await ask(dir, [], ['ls-files', '-z', '--others', '--exclude-standard']);
  return text === null ? null : text.split('\0').filter((file) => file !== '');
}

/** The lines that differ from `base`, in a commit or (null) in the folder's files as they are. Null where nobody can tell. */
export async function changedLines(
  projectDir: string,
  base: string,
  commit: string | null,
): Promise<ChangedLines | null> {
  const commits = commit === null ? [base] : [base, commit];
  const text = await ask(projectDir, commits, [...CHANGED_LINES_ARGS, ...commits, '--']);
  return text === null ? null : parseChangedLines(text);
}

/** A file as a commit has it; null when it has none. @param file relative to the project's folder, inside of it */
export async function fileOfCommit(
  projectDir: string,
  commit: string,
  file: string,
): Promise<Uint8Array | null> {
  if (!COMMIT.test(commit) || !mayBeInRepository(projectDir)) return null;
  try {
    return await gitBytes(['show', '--no-textconv', `${commit}:./${file}`], {
      cwd: projectDir,
      timeoutMs: TIMEOUT_MS,
    });
  } catch (error) {
    return noAnswer(error);
  }
}

/** @param commits must be hashes: what comes from a run's record is no option of Git */
async function ask(
  projectDir: string,
  commits: readonly string[],
  words: readonly string[],
): Promise<string | null> {
  if (!commits.every((commit) => COMMIT.test(commit)) || !mayBeInRepository(projectDir)) return null;
  try {
    return await git(words, { cwd: projectDir, timeoutMs: TIMEOUT_MS });
  } catch (error) {
    return noAnswer(error);
  }
}

/** A commit may be gone, the folder too: then there is nothing to tell. */
function noAnswer(error: unknown): null {
  if (isGitMissing(error) || isGitRefusal(error)) return null;
  if (error instanceof Error && 'timedOut' in error) return null;
  throw error;
}
