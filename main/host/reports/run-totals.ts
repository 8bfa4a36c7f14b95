import type { Store } from '#main/store/open-store.ts';
import type { RunId } from '#shared/lib/ids.ts';
import type { CoverageRatio } from '#shared/reports/coverage.ts';
import type { SeverityCounts } from '#shared/reports/severity.ts';
import { sumTestReports, type TestSummary } from '#shared/reports/test-report.ts';
import { ratiosOf } from './coverage-view.ts';

/** Figures of a run; null where nothing reported any. */
export interface RunTotals {
  readonly tests: TestSummary | null;
  readonly lines: CoverageRatio | null;
  readonly branches: CoverageRatio | null;
  readonly findings: SeverityCounts | null;
  readonly artifactBytes: number | null;
}

export function totalsOf({ reports, runs }: Pick<Store, 'reports' | 'runs'>, runId: RunId): RunTotals {
  const tests = reports.latest(runId, 'tests');
  const findings = reports.latest(runId, 'findings');
  const artifacts = runs.artifactsOf(runId);
  const ratios = ratiosOf({ reports }, runId);
  return {
    tests: tests.length === 0 ? null : sumTestReports(tests.map(({ head }) => head)),
    lines: ratios?.lines ?? null,
    branches: ratios?.branches ?? null,
    findings: findings.length === 0 ? null : sumCounts(findings.map(({ head }) => head.counts)),
    artifactBytes:
      artifacts.length === 0 ? null : artifacts.reduce((sum, { artifact }) => sum + artifact.sizeBytes, 0),
  };
}

function sumCounts(all: readonly SeverityCounts[]): SeverityCounts {
  const sum = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const counts of all) {
    sum.critical += counts.critical;
    sum.high += counts.high;
    sum.medium += counts.medium;
    sum.low += counts.low;
    sum.info += counts.info;
  }
  return sum;
}
