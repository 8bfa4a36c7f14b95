import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Store } from '#main/store/open-store.ts';
import { changedLines, mergeBaseOf, parentOf, untrackedFiles } from '#main/vcs/git-history.ts';
import type { RunSummary } from '#shared/api/schemas.ts';
import type { ChangedLines } from '#shared/reports/changed-lines.ts';
import { earlierRun } from './earlier-run.ts';
import { type FilesHost, runFolders } from './run-files.ts';

/** What a run's files change, against what. */
export interface Patch {
  /** A commit. */
  readonly base: string;
  readonly lines: ChangedLines;
  /** Files that no commit has: all of their lines are new. */
  readonly newFiles: ReadonlySet<string>;
}

export interface PatchHost extends FilesHost {
  readonly store: FilesHost['store'] & Pick<Store, 'runLine'>;
}

/**
 * The lines that a run's files change since they left the branch that changes are merged into; on that branch itself, since
 * the run before that was of another commit. What is not committed counts as long as the run's workspace is kept.
 * Null outside of version control, and where nothing is left to compare with.
 */
export async function patchOf(host: PatchHost, run: RunSummary, signal: AbortSignal): Promise<Patch | null> {
  const { git, projectDir } = run;
  if (git === null) return null;
  const before = earlierRun(host.store, run.id, (one) => one.git !== null && one.git.commit !== git.commit);
  const base =
    (await mergeBaseOf(projectDir, git.commit)) ??
    before?.git?.commit ??
    (await parentOf(projectDir, git.commit));
  if (base === null) return null;
  const committed = async (): Promise<Patch | null> => {
    const lines = await changedLines(projectDir, base, git.commit);
    return lines && { base, lines, newFiles: new Set() };
  };
  if (git.isCheckedOut) return committed();
  return (await ofWorkspace(host, run, base, signal)) ?? (await committed());
}

async function ofWorkspace(
  host: FilesHost,
  { id, projectDir }: RunSummary,
  base: string,
  signal: AbortSignal,
): Promise<Patch | null> {
  const [folder] = await runFolders(host, id, signal);
  if (folder === undefined) return null;
  // A copy without a repository of its own may lie in someone else's.
  const clone = path.join(host.dataDir, 'runs', id, 'repo');
  const places = folder === path.resolve(projectDir) ? [] : [folder, clone];
  if (places.length > 0 && !places.some((place) => existsSync(path.join(place, '.git')))) return null;
  const [lines, untracked] = await Promise.all([changedLines(folder, base, null), untrackedFiles(folder)]);
  return lines && { base, lines, newFiles: new Set(untracked) };
}
