import type { RunId } from '#shared/lib/ids.ts';

/** A run as retention sees it. */
export interface RetainedRun {
  readonly runId: RunId;
  /** Equal for the runs of one pipeline. */
  readonly pipeline: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Active, interrupted or pinned: it stays, and counts. */
  readonly isProtected: boolean;
  /** Logs, workspace, artifacts. Artifacts that runs share count for each, so a sum is an upper bound. */
  readonly sizeBytes: number;
}

/** Null is no limit. */
export interface PipelineLimits {
  readonly maxAgeMs: number | null;
  readonly maxRuns: number | null;
}

export interface RunLimits {
  readonly limitsOf: (pipeline: string) => PipelineLimits;
  /** Of all runs together. */
  readonly maxBytes: number | null;
}

export type RetentionReason = 'age' | 'count' | 'size';

export interface RunToGo<Run extends RetainedRun = RetainedRun> {
  readonly run: Run;
  readonly reason: RetentionReason;
}

/**
 * The runs that the limits let go, newest first: too old, too many of their pipeline, or what is oldest when all together
 * are too large.
 * @param now epoch milliseconds
 * @param isDeployed asked only about runs that would go; one that says yes stays
 */
export function selectRuns<Run extends RetainedRun>(
  runs: readonly Run[],
  { limitsOf, maxBytes }: RunLimits,
  now: number,
  isDeployed: (runId: RunId) => boolean,
): RunToGo<Run>[] {
  const counts = new Map<string, number>();
  let keptBytes = 0;
  const gone: RunToGo<Run>[] = [];
  for (const run of runs.toSorted((a, b) => b.createdAt - a.createdAt || (a.runId < b.runId ? 1 : -1))) {
    const count = (counts.get(run.pipeline) ?? 0) + 1;
    const reason = reasonFor(run, count, keptBytes + run.sizeBytes);
    if (reason !== null && !run.isProtected && !isDeployed(run.runId)) {
      gone.push({ run, reason });
      continue;
    }
    counts.set(run.pipeline, count);
    keptBytes += run.sizeBytes;
  }
  return gone;

  function reasonFor(run: Run, count: number, bytes: number): RetentionReason | null {
    const { maxAgeMs, maxRuns } = limitsOf(run.pipeline);
    if (now - run.createdAt > (maxAgeMs ?? Infinity)) return 'age';
    if (count > (maxRuns ?? Infinity)) return 'count';
    return bytes > (maxBytes ?? Infinity) ? 'size' : null;
  }
}
