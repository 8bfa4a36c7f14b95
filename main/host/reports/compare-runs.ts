import type { Store } from '#main/store/open-store.ts';
import type { MetricPoint } from '#main/store/metric-points.ts';
import type { RunComparison } from '#shared/api/report-schemas.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { chunkedToArray } from '#shared/lib/chunked.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { newFindings } from '#shared/reports/new-findings.ts';
import type { RunState, StageState } from '#shared/run/run-state.ts';
import { compareEnvironment } from './compare-environment.ts';
import { compareTests } from './compare-tests.ts';
import { readCoverage } from './coverage-view.ts';
import { allFindings } from './findings-view.ts';
import { listTests } from './list-tests.ts';
import { totalsOf } from './run-totals.ts';

type ComparedStore = Pick<Store, 'reports' | 'runs' | 'runLine' | 'testResults' | 'metricPoints'>;

/** Points of line coverage; less is noise. */
const COVERAGE_POINTS = 1;

/**
 * What differs between two runs of a project, the earlier one first whichever is named first.
 * @param readState a run's state from its events
 * @throws AppError `run-not-found`; `usage` when they are of two projects
 */
export function compareRuns(
  store: ComparedStore,
  readState: (runId: RunId) => RunState,
  one: RunId,
  other: RunId,
): RunComparison {
  const [a, b] = [store.runs.get(one), store.runs.get(other)];
  if (a.projectId !== b.projectId) {
    throw new AppError('usage', `Run #${a.number} and run #${b.number} are of two projects.`, {
      hint: 'Compare runs of one project.',
    });
  }
  const [before, after] = a.number <= b.number ? [a, b] : [b, a];
  const [old, now] = [readState(before.id), readState(after.id)];
  const [oldTotals, totals] = [totalsOf(store, before.id), totalsOf(store, after.id)];
  const change = <Key extends keyof typeof totals>(key: Key) => ({
    before: oldTotals[key],
    after: totals[key],
  });
  const [oldFindings, findings] = [allFindings(store, before.id), allFindings(store, after.id)];
  return {
    ...{ before, after, stages: compareStages(old, now) },
    tests: {
      total: change('tests'),
      ...compareTests(listTests(store, before.id), listTests(store, after.id)),
    },
    coverage: {
      ...{ lines: change('lines'), branches: change('branches') },
      files: compareFiles(store, before.id, after.id),
    },
    findings: {
      counts: change('findings'),
      new: [...newFindings(findings, oldFindings)],
      fixed: [...newFindings(oldFindings, findings)],
    },
    artifacts: compareArtifacts(store, before.id, after.id),
    metrics: compareMetrics(store.metricPoints.ofRun(before.id), store.metricPoints.ofRun(after.id)),
    environment: compareEnvironment(old, now),
  };
}

/** The pairs of two lists by a name, those of the later one first. */
function pairs<Item>(
  before: readonly Item[],
  after: readonly Item[],
  nameOf: (item: Item) => string,
): { readonly before: Item | null; readonly after: Item | null }[] {
  const old = new Map(before.map((item) => [nameOf(item), item]));
  const now = new Map(after.map((item) => [nameOf(item), item]));
  return [...new Set([...now.keys(), ...old.keys()])].map((name) => ({
    before: old.get(name) ?? null,
    after: now.get(name) ?? null,
  }));
}

function compareStages(before: RunState, after: RunState): RunComparison['stages'] {
  const all = (state: RunState): StageState[] => chunkedToArray(state.stages);
  return pairs(all(before), all(after), ({ id }) => id).map(({ before: old, after: now }) => ({
    id: (now ?? old)!.id,
    status: { before: old?.status ?? null, after: now?.status ?? null },
    durationMs: { before: durationOf(old), after: durationOf(now) },
  }));
}

function durationOf(stage: StageState | null): number | null {
  if (stage === null || stage.startedAt === null || stage.finishedAt === null) return null;
  return Math.max(0, Date.parse(stage.finishedAt) - Date.parse(stage.startedAt));
}

function compareFiles(
  store: Pick<Store, 'reports'>,
  before: RunId,
  after: RunId,
): RunComparison['coverage']['files'] {
  const [old, now] = [readCoverage(store, before), readCoverage(store, after)];
  // Where one run has no coverage at all, its files have not gone.
  if (old === null || now === null) return [];
  return pairs(old.files, now.files, ({ path }) => path)
    .filter(
      (file) =>
        Math.abs((file.after?.lines.pct ?? -100) - (file.before?.lines.pct ?? -100)) >= COVERAGE_POINTS,
    )
    .map((file) => ({
      path: (file.after ?? file.before)!.path,
      lines: { before: file.before?.lines ?? null, after: file.after?.lines ?? null },
    }));
}

function compareArtifacts(
  { runs }: Pick<Store, 'runs'>,
  before: RunId,
  after: RunId,
): RunComparison['artifacts'] {
  const all = (runId: RunId) => runs.artifactsOf(runId).map(({ artifact }) => artifact);
  return pairs(all(before), all(after), ({ name }) => name).map(({ before: old, after: now }) => ({
    name: (now ?? old)!.name,
    sizeBytes: { before: old?.sizeBytes ?? null, after: now?.sizeBytes ?? null },
    sha256: { before: old?.sha256 ?? null, after: now?.sha256 ?? null },
  }));
}

function compareMetrics(
  before: readonly MetricPoint[],
  after: readonly MetricPoint[],
): RunComparison['metrics'] {
  const ofStages = (points: readonly MetricPoint[]) => points.filter(({ stage }) => stage !== null);
  return pairs(ofStages(before), ofStages(after), ({ stage, name }) => `${stage}\n${name}`).map((pair) => {
    const { name, stage, unit, better } = (pair.after ?? pair.before)!;
    return {
      ...{ name, stage: stage ?? '', unit, better },
      value: { before: pair.before?.value ?? null, after: pair.after?.value ?? null },
    };
  });
}
