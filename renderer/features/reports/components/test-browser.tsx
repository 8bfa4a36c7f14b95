import { FlaskConical } from 'lucide-react';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { FailureState } from '#renderer/ui/failure-state.tsx';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import type { RunId } from '#shared/lib/ids.ts';
import { TestReports } from './test-reports.tsx';

export interface TestBrowserProps {
  readonly runId: RunId;
  /** How many cases the run has reported so far; the reports are read again when it changes. */
  readonly count: number;
  /** No more will come. */
  readonly isComplete: boolean;
  /** The case that is shown, as `caseItem` names it. */
  readonly item: string | null;
  readonly onItem: (item: string) => void;
}

/** The tests of a run: what failed and why, all others, how long each took. Fills its parent. */
export function TestBrowser({ runId, count, isComplete, item, onItem }: TestBrowserProps) {
  const { client } = useBridge();
  const remote = useRemote(['tests', runId, count, isComplete], (signal) =>
    client.report.tests({ runId }, { signal }),
  );
  if (remote.status === 'loading') return <SkeletonRows count={12} />;
  if (remote.status === 'failed') return <FailureState failure={remote.failure} onRetry={remote.reload} />;
  if (remote.value.length === 0) {
    return (
      <EmptyState
        icon={<FlaskConical size={20} />}
        title={isComplete ? 'No tests reported' : 'No tests reported yet'}
      >
        The kinds <code>test.unit</code> and <code>test.integration</code> report their tests. Any other stage
        does with <code>reports: &#123; junit: reports/*.xml &#125;</code>.
      </EmptyState>
    );
  }
  return <TestReports key={runId} runId={runId} reports={remote.value} item={item} onItem={onItem} />;
}
