import type { Coverage } from '#shared/reports/coverage.ts';
import type { FindingsReport } from '#shared/reports/findings.ts';
import type { NormalForm } from '#shared/reports/normal-form.ts';
import type { TestReport } from '#shared/reports/test-report.ts';
import type { ReportType } from '#shared/run/events.ts';
import { joinCoverage, splitCoverage } from './coverage-body.ts';
import type { SplitReport } from './split.ts';
import { joinTests, splitTests } from './tests-body.ts';

/** Takes a normal form apart so that its figures and its list can be read alone. */
export function splitReport(type: ReportType, report: unknown): SplitReport {
  switch (type) {
    case 'tests':
      return splitTests(report as TestReport);
    case 'coverage':
      return splitCoverage(report as Coverage);
    case 'findings': {
      const { findings, rules, ...head } = report as FindingsReport;
      return { head, parts: [{ findings, rules }] };
    }
    case 'sbom':
      return { head: {}, parts: [report] };
    case 'metrics':
    case 'provenance':
      return { head: report, parts: [] };
  }
}

/** The whole normal form again. */
export function joinReport(type: ReportType, head: unknown, parts: readonly unknown[]): NormalForm {
  return { type, report: parts.length === 0 ? head : joined(type, head, parts) } as NormalForm;
}

function joined(type: ReportType, head: unknown, parts: readonly unknown[]): unknown {
  if (type === 'tests') return joinTests(head, parts);
  if (type === 'coverage') return joinCoverage(head, parts);
  return { ...(head as object), ...(parts[0] as object) };
}
