import type { StoredReport } from '#main/store/reports.ts';

/** Those of each stage's latest attempt, in their order. */
export function latest<Report extends Pick<StoredReport, 'stage' | 'attempt'>>(
  reports: readonly Report[],
): Report[] {
  const last = new Map<string, number>();
  for (const { stage, attempt } of reports) last.set(stage, Math.max(attempt, last.get(stage) ?? 0));
  return reports.filter(({ stage, attempt }) => attempt === last.get(stage));
}
