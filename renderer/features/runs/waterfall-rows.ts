import { chunkedGet } from '#shared/lib/chunked.ts';
import type { RunState, StageState } from '#shared/run/run-state.ts';

/** A stage in the waterfall: the ones that started in the order of their start, then the others in file order. */
export interface WaterfallRow {
  readonly id: string;
  readonly name: string;
  readonly stage: StageState;
}

export function waterfallRows(run: RunState): readonly WaterfallRow[] {
  const rows = run.plan.stages.map((planned, index): WaterfallRow => ({
    id: planned.id,
    name: planned.name,
    stage: chunkedGet(run.stages, index),
  }));
  const started = rows.filter(({ stage }) => stage.startedAt !== null);
  const others = rows.filter(({ stage }) => stage.startedAt === null);
  // ISO times in UTC sort as text; the sort is stable, so that equal starts stay in file order.
  started.sort((a, b) => {
    const [x, y] = [a.stage.startedAt ?? '', b.stage.startedAt ?? ''];
    return x < y ? -1 : x > y ? 1 : 0;
  });
  return [...started, ...others];
}

/** Milliseconds since the run was made. */
export const sinceCreated = (run: RunState, at: string): number => Date.parse(at) - Date.parse(run.createdAt);

/** When a stage waited and when it worked, in milliseconds since the run was made. */
export interface StageSpans {
  readonly readyMs: number;
  readonly startMs: number;
  readonly endMs: number;
}

/** @returns null for a stage that has not started */
export function stageSpans(run: RunState, stage: StageState, nowMs: number): StageSpans | null {
  if (stage.startedAt === null) return null;
  const startMs = sinceCreated(run, stage.startedAt);
  return {
    readyMs: stage.readyAt === null ? startMs : sinceCreated(run, stage.readyAt),
    startMs,
    endMs: stage.finishedAt === null ? Math.max(startMs, nowMs) : sinceCreated(run, stage.finishedAt),
  };
}
