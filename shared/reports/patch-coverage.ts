import type { ChangedLines } from './changed-lines.ts';
import { type CoverageRatio, coverageRatio, type FileCoverage } from './coverage.ts';

export interface PatchCoverage {
  readonly lines: CoverageRatio;
  /** Files with changed lines that can be covered, in the order of the report. */
  readonly files: readonly { readonly path: string; readonly lines: CoverageRatio }[];
}

/**
 * How much of the lines that were changed is covered. Lines that the report does not name count neither way: comments,
 * declarations, and files without any coverage of lines.
 * @returns null when no changed line can be covered
 */
export function patchCoverage(
  files: Iterable<Pick<FileCoverage, 'path' | 'hits'>>,
  changed: ChangedLines,
): PatchCoverage | null {
  const found: { path: string; lines: CoverageRatio }[] = [];
  let covered = 0;
  let total = 0;
  for (const { path, hits = [] } of files) {
    const numbers = new Set(changed.get(path));
    const inPatch = numbers.size === 0 ? [] : hits.filter(([line]) => numbers.has(line));
    if (inPatch.length === 0) continue;
    const lines = coverageRatio(inPatch.filter(([, count]) => count > 0).length, inPatch.length);
    covered += lines.covered;
    total += lines.total;
    found.push({ path, lines });
  }
  return total === 0 ? null : { lines: coverageRatio(covered, total), files: found };
}
