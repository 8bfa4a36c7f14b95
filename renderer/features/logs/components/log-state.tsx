import { CircleSlash, ScrollText, TriangleAlert } from 'lucide-react';
import { Button } from '#renderer/ui/button.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { Skeleton } from '#renderer/ui/skeleton.tsx';
import type { StageStatus } from '#shared/run/status.ts';
import type { Log } from '../hooks/use-log.ts';
import styles from './log-view.module.css';

const WIDTHS = [38, 22, 61, 54, 47, 12, 70, 33, 58, 26, 44, 65];

/** What stands in place of lines that are not there yet, or never will be; null when there are lines. */
export function LogState({ log, status }: { readonly log: Log; readonly status: StageStatus }) {
  const { info, failure } = log;
  if (failure !== null && failure.code !== 'log-not-found') {
    return (
      <EmptyState
        icon={<TriangleAlert size={20} />}
        title="The log could not be read"
        actions={<Button onClick={log.retry}>Try again</Button>}
      >
        {failure.message} {failure.hint}
      </EmptyState>
    );
  }
  if (info !== null && info.lineCount > 0) return null;
  if (status === 'running' && (info === null || info.lineCount === 0)) {
    return (
      <EmptyState icon={<ScrollText size={20} />} title="Nothing printed yet">
        Lines appear here as the stage prints them.
      </EmptyState>
    );
  }
  if (info !== null || failure !== null) {
    return (
      <EmptyState icon={<CircleSlash size={20} />} title="Printed nothing">
        The stage ended without a line of output.
      </EmptyState>
    );
  }
  return (
    <div className={styles['skeleton']} role="status" aria-label="Loading the log">
      {WIDTHS.map((width, index) => (
        <Skeleton key={index} width={`${width}%`} height={10} />
      ))}
    </div>
  );
}

/** For a stage without any attempt. */
export function NotStarted({ status }: { readonly status: StageStatus }) {
  const isOver = status === 'skipped' || status === 'cancelled';
  return (
    <EmptyState icon={<ScrollText size={20} />} title={isOver ? 'It did not run' : 'Has not started'}>
      {isOver
        ? 'There is no log of a stage that was left out.'
        : 'The log appears here once the stage starts.'}
    </EmptyState>
  );
}
