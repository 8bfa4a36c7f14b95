import { FlaskConical, TriangleAlert } from 'lucide-react';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { Button } from '#renderer/ui/button.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
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
export function TestBrowser({ runId, count, isComplete }: TestBrowserProps) {
  const { client } = useBridge();
  const remote = useRemote(['tests', runId, count], (signal) => client.report.tests({ runId }, { signal }));
  if (remote.status === 'loading') return <SkeletonRows count={12} />;
  if (remote.status === 'failed') {
    return (
      <EmptyState
        icon={<TriangleAlert size={20} />}
        title="The test reports could not be read"
        actions={<Button onClick={remote.reload}>Try again</Button>}
      >
        {remote.failure.message} {remote.failure.hint}
      </EmptyState>
    );
  }
  if (remote.value.length === 0) {
    return (
      <EmptyState
        icon={<FlaskConical size={20} />}
        title={isComplete ? 'No tests reported' : 'No tests reported yet'}
      >
        A stage reports its tests with <code>reports: &#123; junit: reports/*.xml &#125;</code>.
      </EmptyState>
    );
  }
  return <TestReports key={runId} runId={runId} reports={remote.value} />;
}
