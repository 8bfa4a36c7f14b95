import type { RunSummary } from '#shared/api/schemas.ts';
import { formatDuration } from '#shared/lib/durations.ts';

const OUTCOME: Partial<Record<RunSummary['status'], string>> = {
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'was cancelled',
  interrupted: 'was interrupted',
};

/** What a toast says of a run that ended. */
export function finishedWords(run: RunSummary): { title: string; body: string } {
  const failed = run.failedStageCount > 0 ? `, ${run.failedStageCount} failed` : '';
  const duration = run.durationMs === null ? '' : ` in ${formatDuration(run.durationMs)}`;
  return {
    title: `${run.name} #${run.number} ${OUTCOME[run.status] ?? 'ended'}`,
    body: `${run.finishedStageCount} of ${run.stageCount} stages${failed}${duration}`,
  };
}
