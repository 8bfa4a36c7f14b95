import type { RunSummary } from '#shared/api/schemas.ts';
import { formatDuration } from '#shared/lib/durations.ts';

const OUTCOME: Partial<Record<RunSummary['status'], string>> = {
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'was cancelled',
  interrupted: 'was interrupted',
};

/** The words of the notification about a run that ended. */
export function finishedNotification(run: RunSummary): { title: string; body: string; runId: string } {
  const failed = run.failedStageCount > 0 ? `, ${run.failedStageCount} failed` : '';
  const duration = run.durationMs === null ? '' : ` in ${formatDuration(run.durationMs)}`;
  return {
    title: `${run.name} #${run.number} ${OUTCOME[run.status] ?? 'ended'}`,
    body: `${run.finishedStageCount} of ${run.stageCount} stages${failed}${duration}`,
    runId: run.id,
  };
}
