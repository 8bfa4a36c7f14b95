import { History } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { DataTable } from '#renderer/ui/data-table.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { FailureState } from '#renderer/ui/failure-state.tsx';
import { navigate } from '#renderer/ui/navigation/navigate.ts';
import { PageHeader } from '#renderer/ui/page-header.tsx';
import { Pane, PaneHandle, Panes } from '#renderer/ui/panes.tsx';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import { TabPanel, Tabs } from '#renderer/ui/tabs.tsx';
import type { Trigger } from '#shared/api/trigger-schemas.ts';
import { firingColumns } from './firing-columns.tsx';
import { NoTriggers } from './no-triggers.tsx';
import { triggerColumns } from './trigger-columns.tsx';
import { TriggerPanel } from './trigger-panel.tsx';
import { type TriggerActions, useTriggerActions } from './use-trigger-actions.ts';
import { useTriggerCommands } from './use-trigger-commands.tsx';
import { FIRINGS, keyOf, useTriggers } from './use-triggers.ts';

const TABS = [
  { value: 'triggers', label: 'Triggers' },
  { value: 'history', label: 'History' },
] as const;

/** What starts runs by itself: when next, what became of the last time, a switch to pause each, and its history. */
export function TriggersScreen() {
  const [tab, setTab] = useState<(typeof TABS)[number]['value']>('triggers');
  const { triggers, setPaused } = useTriggers();
  const actions = useTriggerActions(setPaused);
  if (triggers.status === 'failed')
    return <FailureState failure={triggers.failure} onRetry={triggers.retry} />;
  const known = triggers.status === 'ready' ? triggers.triggers : null;
  return (
    <>
      <PageHeader title="Triggers" />
      <Tabs label="Views of the triggers" items={TABS} value={tab} onValueChange={setTab}>
        <TabPanel value="triggers">
          {known === null ? (
            <SkeletonRows />
          ) : known.length === 0 ? (
            <NoTriggers />
          ) : (
            <TriggerList triggers={known} actions={actions} />
          )}
        </TabPanel>
        <TabPanel value="history">
          <AllFirings triggers={known ?? []} />
        </TabPanel>
      </Tabs>
    </>
  );
}

interface TriggerListProps {
  readonly triggers: readonly Trigger[];
  readonly actions: TriggerActions;
}

function TriggerList({ triggers, actions }: TriggerListProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const selected = triggers.find((trigger) => keyOf(trigger) === chosen) ?? triggers[0] ?? null;
  const columns = useMemo(() => triggerColumns(actions.setPaused), [actions]);
  useTriggerCommands(selected, actions);
  return (
    <Panes id="triggers">
      <Pane id="triggers-list" defaultSize="64%" minSize={420}>
        <DataTable
          main
          label="Triggers"
          columns={columns}
          rows={triggers}
          rowKey={keyOf}
          selectedKey={selected === null ? null : keyOf(selected)}
          onSelect={(trigger) => setChosen(keyOf(trigger))}
          onOpen={({ projectId, file }) => navigate({ screen: 'pipeline', projectId, file })}
        />
      </Pane>
      <PaneHandle />
      <Pane id="triggers-panel" defaultSize={352} minSize={260} maxSize="60%" fixed>
        {selected !== null && <TriggerPanel key={keyOf(selected)} trigger={selected} actions={actions} />}
      </Pane>
    </Panes>
  );
}

function AllFirings({ triggers }: { readonly triggers: readonly Trigger[] }) {
  const { client } = useBridge();
  const firings = useRemote([FIRINGS], (signal) => client.trigger.history({}, { signal }));
  const columns = useMemo(
    () =>
      firingColumns(
        ({ file, projectId }) =>
          triggers.find((each) => each.file === file && each.projectId === projectId)?.name ?? file,
      ),
    [triggers],
  );
  if (firings.status === 'failed') return <FailureState failure={firings.failure} onRetry={firings.reload} />;
  if (firings.status === 'loading') return <SkeletonRows />;
  return (
    <DataTable
      main
      label="What has fired"
      columns={columns}
      rows={firings.value}
      rowKey={(firing) => `${keyOf(firing)} ${firing.at} ${firing.runId}`}
      onOpen={({ runId }) => {
        if (runId !== null) navigate({ screen: 'run', runId });
      }}
      empty={
        <EmptyState icon={<History size={20} />} title="Nothing has fired yet">
          When a trigger fires, it is noted here with its run, or with why there is none.
        </EmptyState>
      }
    />
  );
}
