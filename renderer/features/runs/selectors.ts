import { chunkedGet, chunkedToArray } from '#shared/lib/chunked.ts';
import type { PlannedStage } from '#shared/pipeline/plan.ts';
import { SEVERITIES } from '#shared/reports/severity.ts';
import type { RunState, StageState } from '#shared/run/run-state.ts';
import type { RunView } from './run-store.ts';

/** The state of one stage; the same object until that stage changes. */
export function stageOf(run: RunState | null, id: string): StageState | undefined {
  const index = run?.graph.indexOf.get(id);
  return run === null || index === undefined ? undefined : chunkedGet(run.stages, index);
}

export function plannedOf(run: RunState, id: string): PlannedStage | undefined {
  const index = run.graph.indexOf.get(id);
  return index === undefined ? undefined : run.plan.stages[index];
}

/** What of a run the tabs count, as figures, so that an unchanged figure renders nothing. */
export interface RunFigures {
  readonly hasTests: boolean;
  readonly testsPassed: number;
  readonly testsFailed: number;
  readonly artifacts: number;
  readonly hasSummary: boolean;
  /** Reports of coverage. */
  readonly coverages: number;
  /** Of the lowest of them, so that the tab promises nothing; null without one. */
  readonly coveragePct: number | null;
  /** Reports of findings, and what they found together; ignored ones count as well. */
  readonly findingReports: number;
  readonly findings: number;
  /** Bills of materials and provenance. */
  readonly supplyReports: number;
  readonly metricReports: number;
}

const figures = new WeakMap<RunState['stages'], RunFigures>();

/** Counted once per state of the stages; compare with `useShallow`. */
export function selectFigures({ run }: RunView): RunFigures | null {
  if (run === null) return null;
  const known = figures.get(run.stages);
  if (known !== undefined) return known;
  let testsPassed = 0;
  let testsFailed = 0;
  let artifacts = 0;
  let hasTests = false;
  let hasSummary = false;
  let coverages = 0;
  let coveragePct: number | null = null;
  let [findingReports, findings, supplyReports, metricReports] = [0, 0, 0, 0];
  for (const stage of chunkedToArray(run.stages)) {
    artifacts += stage.artifacts.length;
    hasSummary ||= stage.summary !== null;
    for (const report of stage.reports) {
      if (report.type === 'coverage') {
        coverages += 1;
        coveragePct = Math.min(coveragePct ?? 100, report.linesPct ?? 100);
      }
      if (report.type === 'findings') {
        findingReports += 1;
        for (const severity of SEVERITIES) findings += report[severity];
      }
      if (report.type === 'sbom' || report.type === 'provenance') supplyReports += 1;
      if (report.type === 'metrics') metricReports += 1;
      if (report.type !== 'tests') continue;
      hasTests = true;
      testsPassed += report.passed;
      testsFailed += report.failed + report.errored;
    }
  }
  const counted = {
    ...{ hasTests, testsPassed, testsFailed, artifacts, hasSummary, coverages, coveragePct },
    ...{ findingReports, findings, supplyReports, metricReports },
  };
  figures.set(run.stages, counted);
  return counted;
}
