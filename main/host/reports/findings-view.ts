import type { Store } from '#main/store/open-store.ts';
import { remoteBranch } from '#main/vcs/git-history.ts';
import type { FindingsView, IgnoredFinding } from '#shared/api/report-schemas.ts';
import type { RunSummary } from '#shared/api/schemas.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { type Finding, mergeFindings } from '#shared/reports/findings.ts';
import { newFindings } from '#shared/reports/new-findings.ts';
import { earlierRun } from './earlier-run.ts';
import { pointOf } from './run-point.ts';

type FindingsStore = Pick<Store, 'reports' | 'runs' | 'runLine' | 'ignoredFindings'>;

/** Older runs of the target branch are no baseline. */
const RUNS = 50;

/** The findings of a run against those of its baseline. @param now epoch milliseconds @throws AppError `run-not-found` */
export async function viewFindings(store: FindingsStore, runId: RunId, now: number): Promise<FindingsView> {
  const run = store.runs.get(runId);
  const stages = findingsOf(store, runId);
  const ignored = ignoredNow(store, run, now);
  const baseline = stages.length === 0 ? null : await baselineOf(store, run);
  if (baseline === null) return { stages, baseline, new: [], fixed: [], ignored };
  const own = new Set(stages.map(({ stage }) => stage));
  const current = stages.flatMap(({ report }) => report.findings);
  // A stage that did not report has not mended anything.
  const known = findingsOf(store, baseline.id)
    .filter(({ stage }) => own.has(stage))
    .flatMap(({ report }) => report.findings);
  return {
    ...{ stages, ignored, baseline: pointOf(baseline) },
    new: [...new Set(newFindings(current, known).map(({ fingerprint }) => fingerprint))],
    fixed: [...newFindings(known, current)],
  };
}

/** Stage by stage: several reports of a stage are one. */
export function findingsOf(store: Pick<Store, 'reports'>, runId: RunId): FindingsView['stages'] {
  const heads = Map.groupBy(store.reports.latest(runId, 'findings'), ({ stage }) => stage);
  return [...heads].map(([stage, ofStage]) => {
    const [report, ...others] = ofStage.map((head) => store.reports.whole(head).report);
    const whole = others.length === 0 ? report! : mergeFindings([report!, ...others]);
    return { stage, attempt: ofStage[0]!.attempt, report: whole };
  });
}

export function allFindings(store: Pick<Store, 'reports'>, runId: RunId): Finding[] {
  return findingsOf(store, runId).flatMap(({ report }) => report.findings);
}

/** What is in force. */
export function ignoredNow(
  store: Pick<Store, 'ignoredFindings'>,
  { projectId }: RunSummary,
  now: number,
): IgnoredFinding[] {
  return store.ignoredFindings
    .list(projectId)
    .filter(({ until }) => until === null || Date.parse(until) > now);
}

async function baselineOf(store: FindingsStore, run: RunSummary): Promise<RunSummary | null> {
  const has = ({ id }: RunSummary): boolean => store.reports.latest(id, 'findings').length > 0;
  const target = run.git === null ? null : await remoteBranch(run.projectDir);
  for (const branch of target === null ? ['main', 'master'] : [target]) {
    const found = run.git && store.runLine.before(run.id, branch, RUNS).find(has);
    if (found) return found;
  }
  return earlierRun(store, run.id, has);
}
