import { PackageSearch } from 'lucide-react';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { FailureState } from '#renderer/ui/failure-state.tsx';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import type { RunId } from '#shared/lib/ids.ts';
import { SupplyChainReport } from './supply-chain-report.tsx';

export interface SupplyChainBrowserProps {
  readonly runId: RunId;
  /** How many bills and statements the run has so far; they are read again when it changes. */
  readonly count: number;
  /** No more will come. */
  readonly isComplete: boolean;
  /** The component that is shown. */
  readonly item: string | null;
  readonly onItem: (key: string) => void;
}

/** What a run's results are made of, under which licences, and who vouches for them. Fills its parent. */
export function SupplyChainBrowser({ runId, count, isComplete, item, onItem }: SupplyChainBrowserProps) {
  const { client } = useBridge();
  const remote = useRemote(['supply-chain', runId, count, isComplete], (signal) =>
    client.report.supplyChain({ runId }, { signal }),
  );
  if (remote.status === 'loading') return <SkeletonRows count={12} />;
  if (remote.status === 'failed') return <FailureState failure={remote.failure} onRetry={remote.reload} />;
  const { bills, provenance } = remote.value;
  if (bills.length === 0 && provenance.length === 0) {
    return (
      <EmptyState icon={<PackageSearch size={20} />} title="No bill of materials">
        The kind <code>release.metadata</code> makes one, with a signed statement of where it came from. Any
        other stage reports one with <code>reports: &#123; sbom: sbom.cdx.json &#125;</code>.
      </EmptyState>
    );
  }
  return <SupplyChainReport runId={runId} chain={remote.value} item={item} onItem={onItem} />;
}
