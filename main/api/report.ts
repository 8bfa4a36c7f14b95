import type { Host } from '#main/host/create-host.ts';
import { latest } from '#main/host/reports/latest.ts';
import { readReports, readTests } from '#main/host/runs/read-reports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { coverageSchema } from '#shared/reports/coverage.ts';
import { findingsReportSchema } from '#shared/reports/findings.ts';
import { provenanceSchema } from '#shared/reports/provenance.ts';
import { sbomSchema } from '#shared/reports/sbom.ts';
import { os } from './implementer.ts';

export function reportProcedures({ store }: Host) {
  return {
    tests: os.report.tests.handler(({ input }) => {
      store.runs.get(input.runId);
      return readTests(store, input.runId).map(({ stage, attempt, report: { suites, ...summary } }) => ({
        stage,
        attempt,
        summary,
        suites: suites.map(({ timestamp: _t, stdout: _o, stderr: _e, ...suite }) => ({
          ...suite,
          cases: suite.cases.map(({ details: _d, stdout: _co, stderr: _ce, ...test }) => ({
            ...test,
            message: test.message?.split('\n')[0]?.slice(0, 300) ?? null,
            flaky: false,
          })),
        })),
      }));
    }),
    testCase: os.report.testCase.handler(({ input }) => {
      const { report } = readTests(store, input.runId).find(({ stage }) => stage === input.stage) ?? {};
      const found = report?.suites[input.suite]?.cases[input.case];
      if (!found) throw new AppError('usage', 'The run has no such test.');
      return found;
    }),
    testHistory: os.report.testHistory.handler(() => []),
    flakyTests: os.report.flakyTests.handler(() => []),
    coverage: os.report.coverage.handler(({ input }) => {
      const { coverage } = readReports(store, input.runId);
      if (!coverage) return null;
      const files = coverage.files.map(({ hits, ...file }) => ({ ...file, hasLines: hits !== undefined }));
      return { ...coverage, files, before: null, patch: null };
    }),
    coverageFile: os.report.coverageFile.handler(({ input }) => {
      const reports = latest(store.reports.read(input.runId, 'coverage'));
      const files = reports.flatMap(({ report }) => coverageSchema.parse(report).files);
      const hits = files.find((file) => file.path === input.path)?.hits ?? [];
      return { path: input.path, hits, changed: [], text: null };
    }),
    findings: os.report.findings.handler(({ input }) => {
      const stages = latest(store.reports.read(input.runId, 'findings')).map(({ stage, attempt, report }) => ({
        ...{ stage, attempt },
        report: findingsReportSchema.parse(report),
      }));
      return { stages, baseline: null, new: [], fixed: [], ignored: [] };
    }),
    sarif: os.report.sarif.handler(() => ({ text: '{}' })),
    ignoreFinding: os.report.ignoreFinding.handler(({ input }) => ({
      ...input,
      by: '',
      at: new Date(0).toISOString(),
    })),
    unignoreFinding: os.report.unignoreFinding.handler(() => ({ removed: false })),
    source: os.report.source.handler(() => ({ text: null })),
    supplyChain: os.report.supplyChain.handler(({ input }) => ({
      bills: latest(store.reports.read(input.runId, 'sbom')).map(({ stage, report }) => ({
        stage,
        sbom: sbomSchema.parse(report),
      })),
      provenance: latest(store.reports.read(input.runId, 'provenance')).map(({ stage, report }) => ({
        stage,
        provenance: provenanceSchema.parse(report),
      })),
      vulnerabilities: latest(store.reports.read(input.runId, 'findings'))
        .flatMap(({ report }) => findingsReportSchema.parse(report).findings)
        .filter((finding) => finding.package !== null),
    })),
    metrics: os.report.metrics.handler(() => []),
    compare: os.report.compare.handler(({ input }) => {
      const [before, after] = [store.runs.get(input.runId), store.runs.get(input.with)];
      const none = { before: null, after: null };
      return {
        ...{ before, after, stages: [], artifacts: [], metrics: [], environment: [] },
        tests: { total: none, broken: [], fixed: [], added: [], removed: [], slower: [] },
        coverage: { lines: none, branches: none, files: [] },
        findings: { counts: none, new: [], fixed: [] },
      };
    }),
    story: os.report.story.handler(() => {
      const none = { before: null, after: null };
      return {
        ...{ broken: [], commits: [], moreCommits: false, changedFiles: [], before: null },
        ...{ tests: none, coverage: none, findings: none, artifactBytes: none, durationMs: none },
      };
    }),
    html: os.report.html.handler(() => ({ text: '' })),
  };
}
