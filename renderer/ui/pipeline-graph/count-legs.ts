import type { StageState } from '#shared/run/run-state.ts';
import { isFinalStageStatus } from '#shared/run/status.ts';

/** How the legs of a matrix stand, by what a node shows of them. `other`: skipped or cancelled. */
export interface LegCounts {
  readonly total: number;
  readonly running: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly other: number;
}

/** Counts legs; one that is not known (yet) counts as waiting. */
export function countLegs(legs: readonly (Pick<StageState, 'status'> | undefined)[]): LegCounts {
  let [running, succeeded, failed, other] = [0, 0, 0, 0];
  for (const leg of legs) {
    if (leg === undefined) continue;
    if (leg.status === 'running') running += 1;
    else if (leg.status === 'succeeded') succeeded += 1;
    else if (leg.status === 'skipped' || leg.status === 'cancelled') other += 1;
    else if (isFinalStageStatus(leg.status)) failed += 1;
  }
  return { total: legs.length, running, succeeded, failed, other };
}

/** For a screen reader and on hover: `3 succeeded, 1 failed of 4 legs`. */
export function legCountWords({ total, running, succeeded, failed, other }: LegCounts): string {
  const parts = [
    [succeeded, 'succeeded'],
    [failed, 'failed'],
    [running, 'running'],
    [other, 'left out'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  const legs = `${total} ${total === 1 ? 'leg' : 'legs'}`;
  return said.length === 0 ? legs : `${said.join(', ')} of ${legs}`;
}
