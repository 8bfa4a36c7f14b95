import { CalendarClock, History, Zap } from 'lucide-react';
import { useMemo, useState } from 'react';
import { toFailure } from '#renderer/bridge/app-failure.ts';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { DataTable } from '#renderer/ui/data-table.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { FailureState } from '#renderer/ui/failure-state.tsx';
import { navigate } from '#renderer/ui/navigation/navigate.ts';
import { PageHeader } from '#renderer/ui/page-header.tsx';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import { TabPanel, Tabs } from '#renderer/ui/tabs.tsx';
import { showToast } from '#renderer/ui/toast-store.ts';
import type { Trigger } from '#shared/api/trigger-schemas.ts';
import { firingColumns, triggerColumns } from './trigger-columns.tsx';

const TABS = [
  { value: 'triggers', label: 'Triggers' },
  { value: 'history', label: 'History' },
] as const;

const keyOf = ({ projectId, file, type }: Pick<Trigger, 'projectId' | 'file' | 'type'>): string =>
  `${projectId} ${file} ${type}`;

/** What starts runs by itself: when next, what became of the last time, and a switch to pause each. */
export function TriggersScreen() {
  const { client, cache } = useBridge();
  const [tab, setTab] = useState<(typeof TABS)[number]['value']>('triggers');
  // Under `runs`: a trigger that fires starts a run, whose change brings the lists up to date.
  const triggers = useRemote(['runs', 'triggers'], (signal) => client.trigger.list({}, { signal }));
  const firings = useRemote(tab === 'history' ? ['runs', 'firings'] : null, (signal) =>
    client.trigger.history({}, { signal }),
  );
  const columns = useMemo(
    () =>
      triggerColumns((trigger, paused) => {
        const { projectId, file, type } = trigger;
        const change = paused ? client.trigger.pause : client.trigger.resume;
        change({ projectId, file, type })
          .catch((error: unknown) =>
            showToast({
              tone: 'failed',
              title: 'Could not change the trigger',
              body: toFailure(error).message,
            }),
          )
          .finally(() => cache.invalidate(['runs', 'triggers']));
      }),
    [client, cache],
  );
  const known = triggers.status === 'ready' ? triggers.value : null;
  const history = useMemo(
    () =>
      firingColumns(
        ({ file, projectId }) =>
          known?.find((each) => each.file === file && each.projectId === projectId)?.name ?? file,
      ),
    [known],
  );
  if (triggers.status === 'failed')
    return <FailureState failure={triggers.failure} onRetry={triggers.reload} />;
  return (
    <>
      <PageHeader title="Triggers" />
      <Tabs label="Views of the triggers" items={TABS} value={tab} onValueChange={setTab}>
        <TabPanel value="triggers">
          {known === null ? (
            <SkeletonRows />
          ) : (
            <DataTable
              main
              label="Triggers"
              columns={columns}
              rows={known}
              rowKey={keyOf}
              empty={
                <EmptyState icon={<Zap size={20} />} title="Nothing starts by itself">
                  Write{' '}
                  <code>
                    on: {'{'} schedule: "0 3 * * 1-5" {'}'}
                  </code>{' '}
                  or another trigger into a pipeline file, and it is listed here.
                </EmptyState>
              }
            />
          )}
        </TabPanel>
        <TabPanel value="history">
          {firings.status === 'failed' ? (
            <FailureState failure={firings.failure} onRetry={firings.reload} />
          ) : firings.status === 'loading' ? (
            <SkeletonRows />
          ) : (
            <DataTable
              main
              label="What has fired"
              columns={history}
              rows={firings.value}
              rowKey={(firing) => `${keyOf(firing)} ${firing.at}`}
              onOpen={({ runId }) => {
                if (runId !== null) navigate({ screen: 'run', runId });
              }}
              empty={
                <EmptyState
                  icon={
                    known?.some(({ nextAt }) => nextAt !== null) ? (
                      <CalendarClock size={20} />
                    ) : (
                      <History size={20} />
                    )
                  }
                  title="Nothing has fired yet"
                />
              }
            />
          )}
        </TabPanel>
      </Tabs>
    </>
  );
}
