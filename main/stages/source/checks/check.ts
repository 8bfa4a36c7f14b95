import type { KindContext } from '#main/engine/kind-ports.ts';
import type { FoundProblem } from '../../test/findings/make-report.ts';
import type { GitClient } from '../git/git-client.ts';

/** What a check of a repository looks at. */
export interface CheckWish {
  readonly context: KindContext;
  readonly git: GitClient;
  /** Relative to the kind's folder as commands run in it; '' is that folder. */
  readonly folder: string;
  /** The folder relative to the workspace, with forward slashes; `.` is the workspace. */
  readonly fromWorkspace: string;
  /** The commit after which all others are looked at; null: the newest alone. */
  readonly since: string | null;
  /** The files that differ since then, relative to the folder; null: all count. */
  readonly changed: ReadonlySet<string> | null;
  readonly maxFileBytes: number;
  readonly allowedSigners: string | null;
}

export interface Checked {
  /** Files and commits that were looked at. */
  readonly checked: number;
  readonly problems: readonly FoundProblem[];
  /** What looked, when it was not Git itself. */
  readonly tool?: string;
}

export type Check = (wish: CheckWish) => Promise<Checked>;

/** A path of the repository as findings have it: relative to the workspace. */
export const fileIn = ({ fromWorkspace }: CheckWish, file: string): string =>
  fromWorkspace === '.' ? file : `${fromWorkspace}/${file}`;
