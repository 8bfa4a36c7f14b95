import { stat } from 'node:fs/promises';
import path from 'node:path';
import { escapePath, glob } from 'tinyglobby';
import type { KindContext } from '#main/engine/kind-ports.ts';

/** File systems stamp a file with a clock that lags a little behind. */
const CLOCK_SLACK_MS = 2_000;

/**
 * Globs for those report files alone that were written since then, so that what an earlier run left is not taken for what
 * this one found. A glob that leaves the workspace stays, to be refused where it is read. Where files come from elsewhere their
 * times say nothing, and all globs stay.
 * @param since epoch milliseconds
 */
export async function freshReports(
  { workspace, sharesFiles, signal }: KindContext,
  globs: readonly string[],
  since: number,
): Promise<readonly string[]> {
  if (!sharesFiles) return globs;
  const ignore = ['**/node_modules/**', '**/.git/**', ...globs.filter(isNegated).map((one) => one.slice(1))];
  const fresh: string[] = [];
  for (const pattern of globs.filter((one) => !isNegated(one))) {
    if (pattern.replaceAll('\\', '/').split('/').includes('..') || path.isAbsolute(pattern)) {
      fresh.push(pattern);
      continue;
    }
    const options = {
      cwd: workspace,
      ignore,
      dot: true,
      followSymbolicLinks: false,
      expandDirectories: false,
      signal,
    };
    const stale: string[] = [];
    const found = await glob(pattern, options);
    for (const file of found.sort()) {
      const { mtimeMs } = await stat(path.join(workspace, file));
      (mtimeMs >= since - CLOCK_SLACK_MS ? fresh : stale).push(escapePath(file));
    }
    // Found where nothing is, it says so by itself.
    if (found.length === 0) fresh.push(pattern);
  }
  return fresh;
}

const isNegated = (pattern: string): boolean => pattern.startsWith('!');
