import type { Store } from '#main/store/open-store.ts';
import type { StoredSuite } from '#main/store/report-body/tests-body.ts';
import type { CaseOutcome } from '#main/store/test-results.ts';
import type { CaseKey, CaseResult, FlakyCase } from '#shared/api/report-schemas.ts';
import type { RunSummary } from '#shared/api/schemas.ts';
import type { ProjectId, StageId } from '#shared/lib/ids.ts';
import { resultOf } from './case-history.ts';

const RUNS = 50;
const MOST = 200;
/** A run in which everything failed must not make the list slow: of so many cases the most doubtful are looked at. */
const CANDIDATES = 2_000;
/** A case that broke, or was mended, has changed its mind once; one that broke and was mended, twice. */
const FLIPS = 2;

interface Followed {
  readonly results: readonly { readonly run: RunSummary; readonly outcome: CaseOutcome }[];
  readonly flips: number;
}

/** Cases that changed their mind at least twice, or within a run, in the newest runs of a pipeline; the worst first. */
export function flakyCases(
  store: Pick<Store, 'reports' | 'runLine' | 'testResults'>,
  projectId: ProjectId,
  pipelineFile: string,
): FlakyCase[] {
  const runs = store.runLine.newest(projectId, pipelineFile, RUNS);
  const doubts = new Map<number, number>();
  for (const { id } of runs) {
    for (const hash of store.testResults.doubtful(id)) doubts.set(hash, (doubts.get(hash) ?? 0) + 1);
  }
  const candidates = [...doubts].sort(([, a], [, b]) => b - a).slice(0, CANDIDATES);
  const names = createNames(store);
  return candidates
    .map(([hash]) => follow(store, runs, hash))
    .filter(({ flips, results }) => flips >= FLIPS || results.some(({ outcome }) => outcome.isFlaky))
    .sort((a, b) => b.flips - a.flips)
    .slice(0, MOST)
    .flatMap(({ results, flips }) => {
      const key = names(results[0]!);
      return key ? [{ key, flips, ...shown(results) }] : [];
    });
}

function follow(store: Pick<Store, 'testResults'>, runs: readonly RunSummary[], hash: number): Followed {
  const results = runs.flatMap((run) => {
    const outcome = store.testResults.outcome(run.id, hash);
    return outcome ? [{ run, outcome }] : [];
  });
  let flips = 0;
  let last: boolean | null = null;
  for (const { outcome } of results) {
    if (outcome.isFlaky) flips += 1;
    if (outcome.status === 'skipped') continue;
    const hasPassed = outcome.status === 'passed';
    if (last !== null && last !== hasPassed) flips += 1;
    last = hasPassed;
  }
  return { results, flips };
}

function shown(results: Followed['results']): Pick<FlakyCase, 'results' | 'lastFailed'> {
  const listed: CaseResult[] = results.map(({ run, outcome }) => resultOf(run, outcome));
  const failed = listed.find(({ status, flaky }) => flaky || status === 'failed' || status === 'errored');
  return { results: listed, lastFailed: failed?.run ?? null };
}

/** Names are in the reports alone; each is read once. */
function createNames(store: Pick<Store, 'reports'>): (result: Followed['results'][number]) => CaseKey | null {
  const lists = new Map<number, readonly StoredSuite[]>();
  const stages = new Map<number, StageId>();
  return ({ run, outcome: { report, suite, place } }) => {
    if (!lists.has(report)) {
      lists.set(report, store.reports.suites(report));
      for (const { id, stage } of store.reports.latest(run.id, 'tests')) stages.set(id, stage);
    }
    const stage = stages.get(report);
    const inSuite = lists.get(report)?.[suite];
    const test = inSuite?.cases[place];
    if (stage === undefined || !inSuite || !test) return null;
    return { stage, suite: inSuite.name, classname: test.classname, name: test.name };
  };
}
