import type { ChangedLines } from './changed-lines.ts';
import { type Coverage, type CoverageRatio, coverageRatio } from './coverage.ts';

/** How much of the lines that were changed is covered. */
export interface PatchCoverage {
  /** `pct` is null when no changed line can be covered. */
  readonly lines: CoverageRatio;
  /** Files with changed lines that can be covered, in the order of the report; `missed` are those that were not run. */
  readonly files: readonly {
    readonly path: string;
    readonly lines: CoverageRatio;
    readonly missed: readonly number[];
  }[];
}

/**
 * The coverage of changed lines. Lines that the report does not name count neither way: comments, declarations.
 * @returns null when the report has the lines of no file
 */
export function patchCoverage(
  coverage: Pick<Coverage, 'files'>,
  changed: ChangedLines,
): PatchCoverage | null {
  const files: PatchCoverage['files'][number][] = [];
  let knowsLines = false;
  for (const { path, hits } of coverage.files) {
    knowsLines ||= hits !== undefined;
    const numbers = new Set(changed.get(path));
    const inPatch = numbers.size === 0 ? [] : (hits ?? []).filter(([line]) => numbers.has(line));
    if (inPatch.length === 0) continue;
    const missed = inPatch.filter(([, count]) => count === 0).map(([line]) => line);
    files.push({ path, lines: coverageRatio(inPatch.length - missed.length, inPatch.length), missed });
  }
  if (!knowsLines) return null;
  const sum = (key: 'covered' | 'total') => files.reduce((total, { lines }) => total + lines[key], 0);
  return { lines: coverageRatio(sum('covered'), sum('total')), files };
}
