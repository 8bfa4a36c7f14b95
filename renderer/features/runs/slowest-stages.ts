import { chunkedGet } from '#shared/lib/chunked.ts';
import type { StageId } from '#shared/lib/ids.ts';
import type { RunState } from '#shared/run/run-state.ts';
import type { StageStatus } from '#shared/run/status.ts';

/** A stage with its time; epoch milliseconds, `endMs` null while it runs. */
export interface TimedStage {
  readonly id: StageId;
  readonly name: string;
  readonly status: StageStatus;
  readonly startMs: number;
  readonly endMs: number | null;
}

/** The stages that took longest, those that run first of all (they began first). */
export function slowestStages(run: RunState, most: number): readonly TimedStage[] {
  const timed = run.plan.stages.flatMap(({ id, name, approval }, index): TimedStage[] => {
    const { startedAt, finishedAt, status } = chunkedGet(run.stages, index);
    // People take their time, and what an interrupted run is to do again has none yet.
    if (startedAt === null || approval !== null || status === 'ready') return [];
    const endMs = finishedAt === null ? null : Date.parse(finishedAt);
    return [{ id, name, status, startMs: Date.parse(startedAt), endMs }];
  });
  const length = ({ startMs, endMs }: TimedStage): number => (endMs ?? Number.MAX_SAFE_INTEGER) - startMs;
  return timed.sort((a, b) => length(b) - length(a)).slice(0, most);
}
