import { glob } from 'tinyglobby';

/** Whoever writes a glob waits no longer. */
const MAX_MS = 3_000;
const MAX_LISTED = 20;

export interface MatchedFiles {
  readonly count: number;
  /** The first of them, by name; relative to the folder, with slashes. */
  readonly files: string[];
  /** The search took too long: nothing was counted. */
  readonly isPartial: boolean;
}

/**
 * The files of a folder that globs match; a leading `!` excludes. `.git` is never searched, `node_modules` only when a
 * glob names it, and links are not followed. Globs that leave the folder match nothing. Never longer than three seconds.
 */
export async function matchFiles(
  dir: string,
  globs: readonly string[],
  caller: AbortSignal | undefined,
): Promise<MatchedFiles> {
  const slashed = globs.map((pattern) => pattern.replaceAll('\\', '/')).filter(staysInside);
  const wanted = slashed.filter((pattern) => !pattern.startsWith('!'));
  const excluded = slashed.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  if (wanted.length === 0) return { count: 0, files: [], isPartial: false };
  const skipped = wanted.some((pattern) => pattern.includes('node_modules'))
    ? ['**/.git']
    : ['**/.git', '**/node_modules'];
  const limit = AbortSignal.timeout(MAX_MS);
  const signal = caller === undefined ? limit : AbortSignal.any([limit, caller]);
  try {
    const found = await glob(wanted, {
      cwd: dir,
      ignore: [...skipped, ...excluded],
      dot: true,
      followSymbolicLinks: false,
      signal,
    });
    if (signal.aborted) return { count: 0, files: [], isPartial: true };
    found.sort();
    return { count: found.length, files: found.slice(0, MAX_LISTED), isPartial: false };
  } catch (error) {
    if (signal.aborted) return { count: 0, files: [], isPartial: true };
    throw error;
  }
}

const staysInside = (pattern: string): boolean =>
  !/^!?([/\\]|[A-Za-z]:)/.test(pattern) && !pattern.split('/').includes('..');
