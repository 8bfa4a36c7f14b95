import fs from 'node:fs';
import path from 'node:path';
import { git, isGitMissing, isGitRefusal, mayBeInRepository } from './git-command.ts';

/** The repository that a project lies in; all paths are absolute. */
export interface Repository {
  readonly topLevel: string;
  /** The project's folder relative to `topLevel`; empty when it is the top level itself. */
  readonly prefix: string;
  /** Of this working tree. */
  readonly gitDir: string;
  /** Shared by all working trees of the repository. */
  readonly commonDir: string;
}

/**
 * Finds the repository whose working tree a folder belongs to. Null without one, without Git, and for a folder that
 * merely lies inside of someone's repository without a file in it, as below a home folder kept in Git.
 */
export async function findRepository(dir: string, signal: AbortSignal): Promise<Repository | null> {
  if (!mayBeInRepository(dir)) return null;
  try {
    const places = await git(
      ['rev-parse', '--path-format=absolute', '--show-toplevel', '--git-dir', '--git-common-dir'],
      { cwd: dir, signal },
    );
    const [topLevel, gitDir, commonDir] = places.split('\n').map((place) => path.normalize(place));
    if (!topLevel || !gitDir || !commonDir || !fs.existsSync(topLevel)) return null;
    const prefix = path.relative(topLevel, fs.realpathSync.native(dir));
    if (prefix.startsWith('..')) return null;
    if (prefix !== '' && (await git(['ls-files', '-z', '--cached', '--', '.'], { cwd: dir, signal })) === '')
      return null;
    return { topLevel, prefix, gitDir, commonDir };
  } catch (error) {
    signal.throwIfAborted();
    if (isGitMissing(error) || isGitRefusal(error)) return null;
    throw error;
  }
}
