import { ChartLine } from 'lucide-react';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { FailureState } from '#renderer/ui/failure-state.tsx';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import type { RunId } from '#shared/lib/ids.ts';
import { MetricsReport } from './metrics-report.tsx';

export interface MetricsBrowserProps {
  readonly runId: RunId;
  /** How many reports of figures the run has so far; they are read again when it changes. */
  readonly count: number;
  /** No more will come. */
  readonly isComplete: boolean;
}

/** The figures of a run and of those before it. Fills its parent. */
export function MetricsBrowser({ runId, count, isComplete }: MetricsBrowserProps) {
  const { client } = useBridge();
  const run = useRemote(['run', runId], (signal) => client.run.get({ runId }, { signal }));
  const key = run.status === 'ready' ? ['metrics', runId, count, isComplete] : null;
  const remote = useRemote(key, (signal) => {
    if (run.status !== 'ready') throw new Error('The run is not known yet.');
    const { projectId, pipelineFile } = run.value;
    return client.report.metrics({ projectId, pipelineFile }, { signal });
  });
  if (run.status === 'failed') return <FailureState failure={run.failure} onRetry={run.reload} />;
  if (remote.status === 'loading') return <SkeletonRows count={12} />;
  if (remote.status === 'failed') return <FailureState failure={remote.failure} onRetry={remote.reload} />;
  if (remote.value.length === 0) {
    return (
      <EmptyState
        icon={<ChartLine size={20} />}
        title={isComplete ? 'No figures yet' : 'Figures come with the end of the run'}
      >
        Durations, tests, coverage, findings and the size of artifacts are kept of every run that has ended.
        Kinds such as <code>build.assets</code> and <code>test.complexity</code> add their own.
      </EmptyState>
    );
  }
  return <MetricsReport runId={runId} series={remote.value} />;
}
