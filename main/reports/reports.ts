import type { Reports } from '#main/engine/ports.ts';
import type { NormalForm } from '#shared/reports/normal-form.ts';
import { createReportCollector } from './collect.ts';
import { parseReport } from './parse-report.ts';

/** The engine's port over the report collector: tests as one report per stage, whatever the number of files. */
export function createReports(): Reports {
  const collector = createReportCollector();
  return {
    async collect(workspace, planned, signal) {
      const { tests, coverage, issues } = await collector.collect({
        workspace,
        junit: planned.junit,
        coverage: planned.coverage,
        signal,
      });
      const reports: NormalForm[] = [];
      if (tests) reports.push({ type: 'tests', report: tests });
      if (coverage) reports.push({ type: 'coverage', report: coverage });
      return { reports, issues };
    },
    parse: parseReport,
  };
}
