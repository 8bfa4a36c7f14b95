import { z } from 'zod';

export const coverageRatioSchema = z.object({
  covered: z.number().int().nonnegative(),
  total: z.number().int().nonnegative(),
  /** 0 to 100 with two decimals; null where there was nothing to cover. */
  pct: z.number().nullable(),
});
export type CoverageRatio = z.infer<typeof coverageRatioSchema>;

export const fileCoverageSchema = z.object({
  /** With forward slashes; relative to the workspace where it lies inside. */
  path: z.string(),
  lines: coverageRatioSchema,
  branches: coverageRatioSchema,
  functions: coverageRatioSchema,
  /**
   * Hits by line, `[line, hits]` in order of the lines; absent where the report has ratios alone. The store keeps them
   * apart from the list of files.
   */
  hits: z.array(z.tuple([z.number().int().positive(), z.number().int().nonnegative()])).optional(),
});
export type FileCoverage = z.infer<typeof fileCoverageSchema>;

export const coverageSchema = z.object({
  lines: coverageRatioSchema,
  branches: coverageRatioSchema,
  functions: coverageRatioSchema,
  /** Sorted by path, each path once. */
  files: z.array(fileCoverageSchema),
});
/** What every coverage tool's report becomes. */
export type Coverage = z.infer<typeof coverageSchema>;

/** Rounds down, so that 100 means that nothing is left. */
export function coverageRatio(covered: number, total: number): CoverageRatio {
  return { covered, total, pct: total === 0 ? null : Math.floor((covered / total) * 10_000) / 100 };
}

/** The coverage of a whole from that of its files, each path given once. */
export function sumCoverage(files: readonly FileCoverage[]): Coverage {
  const sum = (measure: 'lines' | 'branches' | 'functions') =>
    coverageRatio(
      files.reduce((total, file) => total + file[measure].covered, 0),
      files.reduce((total, file) => total + file[measure].total, 0),
    );
  return {
    lines: sum('lines'),
    branches: sum('branches'),
    functions: sum('functions'),
    files: [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)),
  };
}
