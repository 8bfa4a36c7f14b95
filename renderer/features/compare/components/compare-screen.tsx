import { ArrowRight, GitCompareArrows } from 'lucide-react';
import { useState } from 'react';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { FailureState } from '#renderer/ui/failure-state.tsx';
import { RouteLink } from '#renderer/ui/navigation/route-link.tsx';
import { PageHeader } from '#renderer/ui/page-header.tsx';
import { SegmentedControl } from '#renderer/ui/segmented-control.tsx';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import { StatusIcon } from '#renderer/ui/status-icon.tsx';
import type { RunComparison } from '#shared/api/report-schemas.ts';
import type { RunSummary } from '#shared/api/schemas.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { ArtifactChanges, EnvironmentChanges, MetricChanges } from './other-changes.tsx';
import { CoverageChanges } from './coverage-changes.tsx';
import { FindingChanges } from './finding-changes.tsx';
import { StageChanges } from './stage-changes.tsx';
import { TestChanges } from './test-changes.tsx';
import styles from './compare.module.css';

const VIEWS = [
  { value: 'changed', label: 'What differs' },
  { value: 'all', label: 'Everything' },
] as const;
type View = (typeof VIEWS)[number]['value'];

/** Two runs side by side: what became of stages, tests, coverage, findings, artifacts, figures and surroundings. */
export function CompareScreen({ before, after }: { readonly before: RunId; readonly after: RunId }) {
  const { client } = useBridge();
  const [view, setView] = useState<View>('changed');
  const remote = useRemote(['compare', before, after], (signal) =>
    client.report.compare({ runId: before, with: after }, { signal }),
  );
  if (remote.status === 'loading') return <SkeletonRows count={14} />;
  if (remote.status === 'failed') return <FailureState failure={remote.failure} onRetry={remote.reload} />;
  const comparison = remote.value;
  return (
    <>
      <PageHeader
        leading={<GitCompareArrows size={16} />}
        title={
          <span className={styles['title']}>
            <RunLink run={comparison.before} />
            <ArrowRight size={14} />
            <RunLink run={comparison.after} />
          </span>
        }
        facts={<span>{comparison.after.name}</span>}
        actions={<SegmentedControl label="Show" options={VIEWS} value={view} onValueChange={setView} />}
      />
      <div className={styles['body']}>
        <Parts comparison={comparison} showsAll={view === 'all'} />
      </div>
    </>
  );
}

function Parts({ comparison, showsAll }: { readonly comparison: RunComparison; readonly showsAll: boolean }) {
  const parts = [
    <StageChanges key="stages" comparison={comparison} showsAll={showsAll} />,
    <TestChanges key="tests" comparison={comparison} showsAll={showsAll} />,
    <CoverageChanges key="coverage" comparison={comparison} showsAll={showsAll} />,
    <FindingChanges key="findings" comparison={comparison} showsAll={showsAll} />,
    <ArtifactChanges key="artifacts" comparison={comparison} showsAll={showsAll} />,
    <MetricChanges key="metrics" comparison={comparison} showsAll={showsAll} />,
    <EnvironmentChanges key="environment" comparison={comparison} showsAll={showsAll} />,
  ];
  return (
    <>
      {parts}
      <div className={styles['nothing']}>
        <EmptyState title="Nothing differs">
          Stages, results and surroundings of both runs are the same. Choose Everything to see them.
        </EmptyState>
      </div>
    </>
  );
}

function RunLink({ run }: { readonly run: RunSummary }) {
  return (
    <RouteLink className={styles['run']} to={{ screen: 'run', runId: run.id }}>
      <StatusIcon status={run.status} size={14} />#{run.number}
    </RouteLink>
  );
}
