import type { CollectedReport, Reports } from '#main/engine/ports.ts';
import { createReportCollector } from './collect.ts';

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
      const reports: CollectedReport[] = [];
      if (tests) {
        const { total, passed, failed, errored, skipped, durationMs } = tests;
        reports.push({
          summary: { type: 'tests', total, passed, failed, errored, skipped, durationMs },
          report: tests,
        });
      }
      if (coverage) {
        const { lines, branches } = coverage;
        reports.push({
          summary: { type: 'coverage', linesPct: lines.pct, branchesPct: branches.pct },
          report: coverage,
        });
      }
      return { reports, issues };
    },
  };
}
