import { ScanLine } from 'lucide-react';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { FailureState } from '#renderer/ui/failure-state.tsx';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import type { RunId } from '#shared/lib/ids.ts';
import { CoverageReport } from './coverage-report.tsx';

export interface CoverageBrowserProps {
  readonly runId: RunId;
  /** How many reports of coverage the run has so far; they are read again when it changes. */
  readonly count: number;
  /** No more will come. */
  readonly isComplete: boolean;
  /** The file that is shown, by its path; a folder's has a slash behind it. */
  readonly item: string | null;
  readonly onItem: (path: string) => void;
}

/** What of a run's sources its tests have reached: all files, and each line by line. Fills its parent. */
export function CoverageBrowser({ runId, count, isComplete, item, onItem }: CoverageBrowserProps) {
  const { client } = useBridge();
  // What is compared with may be known only at the end.
  const remote = useRemote(['coverage', runId, count, isComplete], (signal) =>
    client.report.coverage({ runId }, { signal }),
  );
  if (remote.status === 'loading') return <SkeletonRows count={12} />;
  if (remote.status === 'failed') return <FailureState failure={remote.failure} onRetry={remote.reload} />;
  if (remote.value === null) {
    return (
      <EmptyState
        icon={<ScanLine size={20} />}
        title={isComplete ? 'No coverage reported' : 'No coverage reported yet'}
      >
        The kind <code>test.unit</code> measures it, where the runner can. Any other stage reports what lcov,
        Cobertura or JaCoCo wrote with <code>reports: &#123; coverage: coverage/lcov.info &#125;</code>.
      </EmptyState>
    );
  }
  return <CoverageReport runId={runId} view={remote.value} item={item} onItem={onItem} />;
}
