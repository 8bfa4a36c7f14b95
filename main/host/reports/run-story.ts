import type { Store } from '#main/store/open-store.ts';
import { commitsBetween, filesBetween } from '#main/vcs/git-history.ts';
import type { RunPoint, RunStory } from '#shared/api/report-schemas.ts';
import type { RunSummary } from '#shared/api/schemas.ts';
import { chunkedToArray } from '#shared/lib/chunked.ts';
import type { RunState, StageState } from '#shared/run/run-state.ts';
import { earlierRun } from './earlier-run.ts';
import { pointOf } from './run-point.ts';
import { totalsOf } from './run-totals.ts';
import { isBroken, whyBroken } from './why-broken.ts';

type StoryStore = Pick<Store, 'reports' | 'runs' | 'runLine'>;

const COMMITS = 50;
const FILES = 200;
/** Further back nobody looks for the run since which a stage fails. */
const RUNS = 100;
/** Of a matrix of thousands that failed, so many tell enough. */
const STAGES = 100;

/** What broke in a run, since when, and what was changed since it was good; also while it still runs. */
export async function tellStory(store: StoryStore, state: RunState): Promise<RunStory> {
  const run = store.runs.get(state.runId);
  const before = earlierRun(store, run.id);
  const good = earlierRun(store, run.id, ({ status }) => status === 'succeeded');
  const [own, earlier] = [totalsOf(store, run.id), before && totalsOf(store, before.id)];
  const change = <Value>(of: (totals: typeof own) => Value | null) => ({
    before: earlier && of(earlier),
    after: of(own),
  });
  return {
    broken: tellBroken(store, state, run),
    ...(await tellChanges(run, good)),
    before: before && pointOf(before),
    tests: change(({ tests }) => tests),
    coverage: change(({ lines }) => lines),
    findings: change(({ findings }) => findings),
    artifactBytes: change(({ artifactBytes }) => artifactBytes),
    durationMs: { before: before?.durationMs ?? null, after: run.durationMs },
  };
}

async function tellChanges(
  { projectDir, git }: RunSummary,
  good: RunSummary | null,
): Promise<Pick<RunStory, 'commits' | 'moreCommits' | 'changedFiles'>> {
  const from = good?.git?.commit;
  if (git === null || from === undefined || from === git.commit)
    return { commits: [], moreCommits: false, changedFiles: [] };
  const [commits, files] = await Promise.all([
    commitsBetween(projectDir, from, git.commit, COMMITS + 1),
    filesBetween(projectDir, from, git.commit),
  ]);
  return {
    commits: commits?.slice(0, COMMITS) ?? [],
    moreCommits: (commits?.length ?? 0) > COMMITS,
    changedFiles: files?.slice(0, FILES) ?? [],
  };
}

function tellBroken(
  store: Pick<Store, 'runLine'>,
  { plan, stages }: RunState,
  run: RunSummary,
): RunStory['broken'] {
  const failed = chunkedToArray(stages)
    .flatMap((stage, index) => {
      const planned = plan.stages[index];
      // What stands for others, and what follows the run's end, decides nothing by itself.
      const isOwn = planned && !['matrix', 'pipeline', 'hook'].includes(planned.kind);
      return isOwn && isBroken(stage.status) ? [{ stage, isAllowed: planned.continueOnError }] : [];
    })
    .sort((a, b) => Number(a.isAllowed) - Number(b.isAllowed) || order(a.stage, b.stage))
    .slice(0, STAGES);
  if (failed.length === 0) return [];
  const branch = run.git?.branch ?? null;
  const ofBranch = store.runLine.before(run.id, branch, RUNS);
  const all = branch === null ? ofBranch : store.runLine.before(run.id, null, RUNS);
  const wasGood = (stage: string) => (one: RunSummary) =>
    store.runLine.stageStatus(one.id, stage) === 'succeeded';
  return failed.map(({ stage }) => {
    const { since, lastGood } = sinceWhen(store, ofBranch, stage.id);
    // A branch that is new has no good run of its own.
    const elsewhere = lastGood === null ? all.find(wasGood(stage.id)) : undefined;
    const good = elsewhere ? pointOf(elsewhere) : lastGood;
    return { stage: stage.id, reason: whyBroken(stage), since, lastGood: good };
  });
}

function order(a: StageState, b: StageState): number {
  return Date.parse(a.finishedAt ?? '') - Date.parse(b.finishedAt ?? '') || 0;
}

/** @param earlier newest first */
function sinceWhen(
  { runLine }: Pick<Store, 'runLine'>,
  earlier: readonly RunSummary[],
  stage: string,
): { since: RunPoint | null; lastGood: RunPoint | null } {
  let since: RunPoint | null = null;
  for (const run of earlier) {
    const status = runLine.stageStatus(run.id, stage);
    if (status === 'succeeded') return { since, lastGood: pointOf(run) };
    if (status !== null && isBroken(status)) since = pointOf(run);
  }
  return { since, lastGood: null };
}
