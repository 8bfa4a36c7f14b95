import type { Store } from '#main/store/open-store.ts';
import type { RunId } from '#shared/lib/ids.ts';
import type { Coverage } from '#shared/reports/coverage.ts';
import { type FindingsReport, mergeFindings } from '#shared/reports/findings.ts';
import { mergeCoverage } from '#shared/reports/merge-coverage.ts';
import type { Metric } from '#shared/reports/metrics.ts';
import type { Provenance } from '#shared/reports/provenance.ts';
import type { Sbom } from '#shared/reports/sbom.ts';
import { mergeTestReports, type TestReport } from '#shared/reports/test-report.ts';

/** The reports of a run, those of each stage's latest attempt; a type without any report is absent. */
export interface RunReports {
  readonly tests?: TestReport;
  readonly coverage?: Coverage;
  readonly findings?: FindingsReport;
  readonly sbom?: readonly (Sbom & { readonly stage: string })[];
  readonly metrics?: readonly (Metric & { readonly stage: string })[];
  readonly provenance?: readonly (Provenance & { readonly stage: string })[];
}

export function readReports({ reports }: Pick<Store, 'reports'>, runId: RunId): RunReports {
  const tests = reports.latest(runId, 'tests').map((head) => reports.whole(head).report);
  const coverage = reports.latest(runId, 'coverage').map((head) => reports.whole(head).report);
  const findings = reports.latest(runId, 'findings').map((head) => reports.whole(head).report);
  const sbom = reports
    .latest(runId, 'sbom')
    .map((head) => ({ stage: head.stage, ...reports.whole(head).report }));
  const metrics = reports
    .latest(runId, 'metrics')
    .flatMap(({ stage, head }) => head.metrics.map((metric) => ({ stage, ...metric })));
  const provenance = reports.latest(runId, 'provenance').map(({ stage, head }) => ({ stage, ...head }));
  return {
    ...(tests.length === 0 ? {} : { tests: mergeTestReports(tests) }),
    ...(coverage.length === 0 ? {} : { coverage: mergeCoverage(coverage) }),
    ...(findings.length === 0 ? {} : { findings: mergeFindings(findings) }),
    ...(sbom.length === 0 ? {} : { sbom }),
    ...(metrics.length === 0 ? {} : { metrics }),
    ...(provenance.length === 0 ? {} : { provenance }),
  };
}
