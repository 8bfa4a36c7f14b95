import type { Host } from '#main/host/create-host.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { listArtifacts } from '../runs/list-artifacts.ts';
import { readRun } from '../runs/read-run.ts';
import { viewCoverage } from './coverage-view.ts';
import { viewFindings } from './findings-view.ts';
import type { FailedCase } from './html/test-section.ts';
import { renderReport } from './html/render-report.ts';
import { findCase, listTests } from './list-tests.ts';
import { tellStory } from './run-story.ts';
import { readSupplyChain } from './supply-chain.ts';

/** Failures that are shown with all that they said. */
const FAILURES = 200;

/**
 * A run as one HTML page that needs nothing else.
 * @param now epoch milliseconds
 * @throws AppError `run-not-found`
 */
export async function writeHtmlReport(
  host: Pick<Host, 'dataDir' | 'store' | 'engine' | 'blobs'>,
  runId: RunId,
  now: number,
  signal: AbortSignal,
): Promise<string> {
  const { store, engine } = host;
  const run = store.runs.get(runId);
  const state = engine.get(runId)?.state() ?? readRun(store.events, runId);
  const tests = listTests(store, runId);
  const [story, coverage, findings, artifacts] = await Promise.all([
    tellStory(store, state),
    viewCoverage(host, runId, signal),
    viewFindings(store, runId, now),
    listArtifacts(host, runId),
  ]);
  return renderReport({
    ...{ run, state, story, tests, coverage, findings, artifacts },
    failures: failuresOf(host, runId, tests),
    supplyChain: readSupplyChain(store, runId),
  });
}

/** New failures first: they are what the reader looks for. */
function failuresOf(
  { store }: Pick<Host, 'store'>,
  runId: RunId,
  tests: ReturnType<typeof listTests>,
): FailedCase[] {
  const places = tests.flatMap(({ stage, suites }) =>
    suites.flatMap(({ name, cases }, suite) =>
      cases.flatMap((listed, place) =>
        listed.status === 'failed' || listed.status === 'errored'
          ? [{ stage, suite, name, place, listed }]
          : [],
      ),
    ),
  );
  return places
    .toSorted(
      (a, b) => Number(a.listed.failingSince !== undefined) - Number(b.listed.failingSince !== undefined),
    )
    .slice(0, FAILURES)
    .map(({ stage, suite, name, place, listed }) => ({
      ...{ stage, suite: name, listed },
      test: findCase(store, runId, { stage, suite, case: place }),
    }));
}
