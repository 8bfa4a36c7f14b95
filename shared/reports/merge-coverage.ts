import {
  type Coverage,
  type CoverageRatio,
  coverageRatio,
  type FileCoverage,
  sumCoverage,
} from './coverage.ts';

/**
 * What several reports cover together. Lines of a file that more than one has are added up where all of them tell their
 * lines; else, and of branches and functions, the better figure stands: which of them are the same nobody tells.
 */
export function mergeCoverage(reports: readonly Coverage[]): Coverage {
  const [only, ...others] = reports;
  if (only && others.length === 0) return only;
  const files = new Map<string, FileCoverage>();
  for (const file of reports.flatMap((report) => report.files)) {
    const known = files.get(file.path);
    files.set(file.path, known ? mergeFiles(known, file) : file);
  }
  return sumCoverage([...files.values()]);
}

function mergeFiles(a: FileCoverage, b: FileCoverage): FileCoverage {
  const hits = a.hits && b.hits ? mergeHits(a.hits, b.hits) : (a.hits ?? b.hits);
  const covered = hits?.filter(([, count]) => count > 0).length ?? 0;
  return {
    path: a.path,
    lines: a.hits && b.hits && hits ? coverageRatio(covered, hits.length) : better(a.lines, b.lines),
    branches: better(a.branches, b.branches),
    functions: better(a.functions, b.functions),
    ...(hits && { hits }),
  };
}

function mergeHits(
  a: NonNullable<FileCoverage['hits']>,
  b: NonNullable<FileCoverage['hits']>,
): NonNullable<FileCoverage['hits']> {
  const counts = new Map(a);
  for (const [line, count] of b) counts.set(line, (counts.get(line) ?? 0) + count);
  return [...counts].sort(([one], [other]) => one - other);
}

function better(a: CoverageRatio, b: CoverageRatio): CoverageRatio {
  const share = ({ covered, total }: CoverageRatio): number => (total === 0 ? -1 : covered / total);
  return share(b) > share(a) ? b : a;
}
