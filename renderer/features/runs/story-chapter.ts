import type { RunState } from '#shared/run/run-state.ts';
import { isFinalRunStatus, isFinalStageStatus, STAGE_STATUSES } from '#shared/run/status.ts';

/** Telling reads history and asks Git: of a run with a thousand stages not at the end of each. */
const CHAPTERS = 10;

/** How far the story of a run is: it is told anew when this changes, with each failure and each tenth of the stages. */
export function chapterOf({ status, counts, plan }: RunState): string {
  if (isFinalRunStatus(status)) return status;
  const finished = STAGE_STATUSES.reduce(
    (sum, one) => (isFinalStageStatus(one) ? sum + counts[one] : sum),
    0,
  );
  const failed = counts.failed + counts['timed-out'] + counts['infra-error'];
  const tenth = Math.floor((CHAPTERS * finished) / Math.max(1, plan.stages.length));
  return `${failed} failed, ${tenth} of ${CHAPTERS}`;
}
