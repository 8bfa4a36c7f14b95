import { AppError } from '#shared/lib/app-error.ts';
import type { TestReport } from '#shared/reports/test-report.ts';

export interface Shard {
  /** 1-based. */
  readonly index: number;
  readonly count: number;
}

/** @param text `1/3`. @throws AppError `usage` for `4/3` */
export function parseShard(text: string): Shard {
  const [index = 0, count = 0] = text.split('/').map(Number);
  if (index > count) {
    throw new AppError('usage', `\`shard: ${text}\` names part ${index} of only ${count}.`, {
      hint: `Parts go from 1/${count} to ${count}/${count}.`,
    });
  }
  return { index, count };
}

/** How long the tests of each file took, in milliseconds, by its path as the reports have it. */
export function durationsByFile(reports: readonly TestReport[]): ReadonlyMap<string, number> {
  const durations = new Map<string, number>();
  for (const { suites } of reports) {
    for (const suite of suites) {
      for (const { file, durationMs } of suite.cases) {
        const path = file ?? suite.file ?? suite.name;
        durations.set(path, (durations.get(path) ?? 0) + durationMs);
      }
    }
  }
  return durations;
}

/**
 * The files of one part: the longest first, each goes to the part that has least to do. A file that has not run yet counts
 * as much as the average one. Every file is in exactly one part, and equal arguments give equal parts on every machine.
 * @param durationOf undefined: not known
 */
export function filesOfShard(
  files: readonly string[],
  { index, count }: Shard,
  durationOf: (file: string) => number | undefined,
): readonly string[] {
  const known = files.flatMap((file) => durationOf(file) ?? []);
  const average = known.length === 0 ? 1 : known.reduce((sum, one) => sum + one, 0) / known.length;
  const weighed = [...new Set(files)].map((file) => ({ file, weight: durationOf(file) ?? average }));
  weighed.sort((a, b) => b.weight - a.weight || (a.file < b.file ? -1 : 1));
  const parts = Array.from({ length: count }, () => ({ load: 0, files: [] as string[] }));
  for (const { file, weight } of weighed) {
    const least = parts.reduce((best, part) =>
      part.load < best.load || (part.load === best.load && part.files.length < best.files.length)
        ? part
        : best,
    );
    least.load += weight;
    least.files.push(file);
  }
  return parts[index - 1]!.files.sort();
}
