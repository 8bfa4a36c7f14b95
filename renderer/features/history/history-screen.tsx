import { ListFilter, Play } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import type { RunSummary } from '#shared/api/schemas.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { useWaitingApprovals } from '#renderer/bridge/waiting-approvals.ts';
import { Button } from '#renderer/ui/button.tsx';
import { DataTable } from '#renderer/ui/data-table.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { FailureState } from '#renderer/ui/failure-state.tsx';
import { navigate } from '#renderer/ui/navigation/navigate.ts';
import { PageHeader } from '#renderer/ui/page-header.tsx';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import { FilterBar } from './filter-bar.tsx';
import { historyMenu } from './history-menu.tsx';
import { historyColumns } from './history-columns.tsx';
import { isFiltered, NO_FILTER, pipelinesOf, queryOf } from './run-filter.ts';
import { TrendChart } from './trend-chart.tsx';
import { useRuns } from './use-runs.ts';
import styles from './history.module.css';

const TREND_RUNS = 100;
/** Pixels from the end of the list at which more is fetched. */
const NEAR_END = 640;

export interface HistoryScreenProps {
  /** Absent: runs of all projects. */
  readonly projectId?: ProjectId | undefined;
  /** Shown in the title. */
  readonly projectName?: string | undefined;
}

/** Every run that was: filtered, sorted, live, with the trend of a pipeline's durations. */
export function HistoryScreen({ projectId, projectName }: HistoryScreenProps) {
  const { client } = useBridge();
  const [filter, setFilter] = useState(NO_FILTER);
  const [marked, setMarked] = useState<RunSummary | null>(null);
  const asked = useDeferredValue(filter);
  const { list, failure, reload, loadMore } = useRuns(asked, projectId);
  const recent = useRemote(['runs', 'recent', projectId ?? ''], (signal) =>
    client.run.list({ ...(projectId === undefined ? {} : { projectId }), limit: 200 }, { signal }),
  );
  const pipelines = useMemo(
    () => (recent.status === 'ready' ? pipelinesOf(recent.value.runs) : []),
    [recent],
  );
  const shown = filter.pipeline ?? pipelines[0] ?? null;
  const trend = useRemote(shown === null ? null : ['runs', 'trend', shown.projectId, shown.file], (signal) =>
    client.run.list(
      { ...queryOf({ ...NO_FILTER, pipeline: shown }, undefined), limit: TREND_RUNS },
      { signal },
    ),
  );
  const trendable = trend.status === 'ready' ? trend.value.runs : [];
  const rows = useMemo(() => list?.runs ?? [], [list]);
  const approvals = useWaitingApprovals();
  const waiting = useMemo(() => new Set(approvals?.map(({ run }) => run.id)), [approvals]);
  const columns = useMemo(
    () =>
      historyColumns({
        withProject: projectId === undefined,
        longestMs: rows.reduce((most, { durationMs }) => Math.max(most, durationMs ?? 0), 0),
        waiting,
      }),
    [rows, projectId, waiting],
  );

  if (failure !== null && list === null) return <FailureState failure={failure} onRetry={reload} />;
  if (list?.total === 0 && !isFiltered(filter) && !isFiltered(asked)) {
    return (
      <EmptyState
        icon={<Play size={20} />}
        title="Nothing has run yet"
        actions={<Button onClick={() => navigate({ screen: 'projects' })}>Go to projects</Button>}
      >
        Open a project and press R; every run is kept here.
      </EmptyState>
    );
  }
  return (
    <>
      <PageHeader
        title={projectName === undefined ? 'Runs' : `Runs of ${projectName}`}
        facts={list !== null && <span data-figures>{list.total === 1 ? '1 run' : `${list.total} runs`}</span>}
      />
      <FilterBar filter={filter} pipelines={pipelines} onChange={setFilter} />
      {shown !== null && trendable.filter(({ durationMs }) => durationMs !== null).length > 1 && (
        <TrendChart runs={trendable} name={shown.name} />
      )}
      <div
        className={styles['list']}
        onScrollCapture={({ target }) => {
          if (!(target instanceof Element)) return;
          if (target.scrollTop + target.clientHeight > target.scrollHeight - NEAR_END) loadMore();
        }}
      >
        {list === null ? (
          <SkeletonRows count={12} />
        ) : (
          <DataTable
            main
            label="Runs"
            columns={columns}
            rows={rows}
            rowKey={({ id }) => id}
            sort={filter.sort}
            onSortChange={(sort) => setFilter({ ...filter, sort })}
            onOpen={({ id }) => navigate({ screen: 'run', runId: id })}
            rowMenu={(run) => historyMenu(client, run, marked, setMarked)}
            empty={
              <EmptyState
                icon={<ListFilter size={20} />}
                title="No run fits the filter"
                actions={
                  <Button onClick={() => setFilter({ ...NO_FILTER, sort: filter.sort })}>
                    Clear the filter
                  </Button>
                }
              />
            }
          />
        )}
      </div>
    </>
  );
}
