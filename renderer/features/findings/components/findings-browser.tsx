import { ShieldCheck } from 'lucide-react';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { FailureState } from '#renderer/ui/failure-state.tsx';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import type { RunId } from '#shared/lib/ids.ts';
import { FindingsReport } from './findings-report.tsx';

export interface FindingsBrowserProps {
  readonly runId: RunId;
  /** How many reports of findings the run has so far; they are read again when it changes. */
  readonly count: number;
  /** No more will come. */
  readonly isComplete: boolean;
  /** The finding that is shown, by its fingerprint. */
  readonly item: string | null;
  readonly onItem: (fingerprint: string) => void;
}

/** What linters, scanners and compilers found in a run. Fills its parent. */
export function FindingsBrowser({ runId, count, isComplete, item, onItem }: FindingsBrowserProps) {
  const { client } = useBridge();
  const remote = useRemote(['findings', runId, count, isComplete], (signal) =>
    client.report.findings({ runId }, { signal }),
  );
  if (remote.status === 'loading') return <SkeletonRows count={12} />;
  if (remote.status === 'failed') return <FailureState failure={remote.failure} onRetry={remote.reload} />;
  if (remote.value.stages.length === 0) {
    return (
      <EmptyState
        icon={<ShieldCheck size={20} />}
        title={isComplete ? 'Nothing looked for problems' : 'No findings reported yet'}
      >
        Kinds such as <code>test.style</code>, <code>test.static</code> and <code>test.vuln</code> report
        findings. Any other stage reports them with <code>reports: &#123; sarif: reports/*.sarif &#125;</code>
        .
      </EmptyState>
    );
  }
  return (
    <FindingsReport runId={runId} view={remote.value} item={item} onItem={onItem} onChanged={remote.reload} />
  );
}
