import type { RunLimits } from '#main/store/select-runs.ts';
import type { Collection, CollectProgress, RetentionLimits } from '#shared/api/storage-schemas.ts';
import type { PlannedRetention } from '#shared/pipeline/plan.ts';
import type { Host } from '../create-host.ts';
import { isOwnerAlive } from '../owner.ts';
import { collectContent } from './collect-content.ts';
import { collectRuns } from './collect-runs.ts';
import { collectWorkspaces } from './collect-workspaces.ts';
import { type Collecting, type MeasuredRun, progress } from './collecting.ts';
import { measureRuns } from './measure-runs.ts';

export interface CollectOptions {
  /** As the settings have them. */
  readonly limits: RetentionLimits;
  /** What someone asks for now; these go before what pipeline files say, too. */
  readonly demanded?: Partial<RetentionLimits>;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly signal: AbortSignal;
}

/**
 * Removes the runs that the limits let go, workspaces and artifacts of others whose time is over, then what nothing refers
 * to any more. Other hosts may use the data folder meanwhile, but only one may collect: see `runCollection`. Aborted, or
 * not asked for its next value, it leaves the data folder in order; what is gone stays gone.
 * @param found is filled on the way
 * @throws the signal's reason
 */
export async function* collectGarbage(
  host: Host,
  { limits, demanded = {}, now, signal }: CollectOptions,
  found: Collection,
): AsyncGenerator<CollectProgress> {
  const { retention, runHolds } = host.store;
  const work: Collecting = { host, now, signal, found };
  if (!found.dryRun) runHolds.releaseDead(isOwnerAlive);
  const runs: MeasuredRun[] = [];
  const stored = retention.runs();
  for await (const { run, sizes } of measureRuns(host, stored, signal)) {
    const folderBytes = sizes.logBytes + sizes.workspaceBytes + sizes.otherBytes;
    const sizeBytes = run.sizeBytes + folderBytes;
    runs.push({ ...run, folderBytes, workspaceBytes: sizes.workspaceBytes, sizeBytes });
    yield progress(work, 'measuring', runs.length, stored.length);
  }
  const chosen = { ...limits, ...demanded };
  yield* collectRuns(work, runs, runLimits(limits, demanded, retention.fileLimits()));
  const gone = new Set(found.runs.map(({ id }) => id));
  const staying = runs.filter(({ runId }) => !gone.has(runId));
  yield* collectWorkspaces(work, staying, chosen.maxWorkspaceAgeMs);
  yield* collectContent(work, chosen.maxAgeMs);
}

/** What is demanded goes before what a pipeline's file says, and that before the settings. */
export function runLimits(
  limits: RetentionLimits,
  demanded: Partial<RetentionLimits>,
  fileLimits: ReadonlyMap<string, PlannedRetention>,
): RunLimits {
  const pick = <Value>(asked: Value | undefined, ofFile: Value | null | undefined, set: Value): Value =>
    asked === undefined ? (ofFile ?? set) : asked;
  return {
    maxBytes: pick(demanded.maxBytes, null, limits.maxBytes),
    limitsOf: (pipeline) => ({
      maxAgeMs: pick(demanded.maxAgeMs, fileLimits.get(pipeline)?.ageMs, limits.maxAgeMs),
      maxRuns: pick(demanded.maxRuns, fileLimits.get(pipeline)?.runs, limits.maxRuns),
    }),
  };
}
