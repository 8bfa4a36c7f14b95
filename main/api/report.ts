import type { Host } from '#main/host/create-host.ts';
import { caseHistory } from '#main/host/reports/case-history.ts';
import { compareRuns } from '#main/host/reports/compare-runs.ts';
import { viewCoverage, viewFileLines } from '#main/host/reports/coverage-view.ts';
import { viewFindings } from '#main/host/reports/findings-view.ts';
import { flakyCases } from '#main/host/reports/flaky-cases.ts';
import { ignoreFinding } from '#main/host/reports/ignore-finding.ts';
import { writeHtmlReport } from '#main/host/reports/html-report.ts';
import { findCase, listTests } from '#main/host/reports/list-tests.ts';
import { readMetrics } from '#main/host/reports/metric-series.ts';
import { readRunFile } from '#main/host/reports/run-files.ts';
import { tellStory } from '#main/host/reports/run-story.ts';
import { sarifOf } from '#main/host/reports/sarif.ts';
import { readSupplyChain } from '#main/host/reports/supply-chain.ts';
import { readRun } from '#main/host/runs/read-run.ts';
import { systemClock } from '#main/host/system-clock.ts';
import type { RunId } from '#shared/lib/ids.ts';
import type { RunState } from '#shared/run/run-state.ts';
import { os } from './implementer.ts';

export function reportProcedures(host: Host) {
  const { engine, store } = host;
  const check = (runId: RunId): void => void store.runs.get(runId);
  const stateOf = (runId: RunId): RunState => engine.get(runId)?.state() ?? readRun(store.events, runId);
  const withSignal = (signal: AbortSignal | undefined): AbortSignal => signal ?? new AbortController().signal;
  return {
    tests: os.report.tests.handler(({ input }) => {
      check(input.runId);
      return listTests(store, input.runId);
    }),
    testCase: os.report.testCase.handler(({ input }) => {
      check(input.runId);
      return findCase(store, input.runId, input);
    }),
    testHistory: os.report.testHistory.handler(({ input }) => caseHistory(store, input.runId, input.key)),
    flakyTests: os.report.flakyTests.handler(({ input }) =>
      flakyCases(store, input.projectId, input.pipelineFile),
    ),
    coverage: os.report.coverage.handler(({ input, signal }) =>
      viewCoverage(host, input.runId, withSignal(signal)),
    ),
    coverageFile: os.report.coverageFile.handler(({ input, signal }) =>
      viewFileLines(host, input.runId, input.path, withSignal(signal)),
    ),
    findings: os.report.findings.handler(({ input }) => viewFindings(store, input.runId, systemClock.now())),
    sarif: os.report.sarif.handler(async ({ input }) => {
      const view = await viewFindings(store, input.runId, systemClock.now());
      return { text: JSON.stringify(sarifOf(view), null, 2) };
    }),
    ignoreFinding: os.report.ignoreFinding.handler(({ input: { projectId, ...wish } }) =>
      ignoreFinding(store, projectId, wish, systemClock.now()),
    ),
    unignoreFinding: os.report.unignoreFinding.handler(({ input }) => ({
      removed: store.ignoredFindings.remove(input.projectId, input.fingerprint),
    })),
    source: os.report.source.handler(async ({ input, signal }) => ({
      text: await readRunFile(host, input.runId, input.path, withSignal(signal)),
    })),
    supplyChain: os.report.supplyChain.handler(({ input }) => {
      check(input.runId);
      return readSupplyChain(store, input.runId);
    }),
    metrics: os.report.metrics.handler(({ input }) =>
      readMetrics(store, input.projectId, input.pipelineFile, input.runs),
    ),
    compare: os.report.compare.handler(({ input }) => compareRuns(store, stateOf, input.runId, input.with)),
    story: os.report.story.handler(({ input }) => tellStory(store, stateOf(input.runId))),
    html: os.report.html.handler(async ({ input, signal }) => ({
      text: await writeHtmlReport(host, input.runId, systemClock.now(), withSignal(signal)),
    })),
  };
}
