import { PlugZap, Plus, Server, SquarePen, Trash2 } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { toFailure } from '#renderer/bridge/app-failure.ts';
import { useBridge } from '#renderer/bridge/bridge-context.ts';
import { Button } from '#renderer/ui/button.tsx';
import { ConfirmDialog } from '#renderer/ui/confirm-dialog.tsx';
import { DataTable } from '#renderer/ui/data-table.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { FailureState } from '#renderer/ui/failure-state.tsx';
import type { MenuEntry } from '#renderer/ui/menu-entry.ts';
import { PageHeader } from '#renderer/ui/page-header.tsx';
import { Pane, PaneHandle, Panes } from '#renderer/ui/panes.tsx';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import { showToast } from '#renderer/ui/toast-store.ts';
import type { SshHostInfo } from '#shared/api/host-schemas.ts';
import { hostColumns } from './host-columns.tsx';
import { HostForm } from './host-form.tsx';
import { HostPanel } from './host-panel.tsx';
import { useHostCommands } from './use-host-commands.tsx';
import { useHostTests } from './use-host-tests.ts';
import { HOSTS, useHosts } from './use-hosts.ts';

/** The hosts that stages run on by SSH: what they offer, and whether stages can run there. */
export function HostsScreen() {
  const { client, cache } = useBridge();
  const hosts = useHosts();
  const tests = useHostTests();
  const [chosen, setChosen] = useState<string | null>(null);
  // `null` is a new one, undefined is no form.
  const [edited, setEdited] = useState<SshHostInfo | null | undefined>();
  const [removed, setRemoved] = useState<SshHostInfo | null>(null);
  const known = hosts.status === 'ready' ? hosts.value : [];
  const selected = known.find(({ name }) => name === chosen) ?? known[0] ?? null;
  const add = useCallback(() => setEdited(null), []);
  useHostCommands(selected?.name ?? null, add, tests.start);
  const columns = useMemo(() => hostColumns((name) => tests.of(name)?.isRunning === true), [tests]);
  const menu = (host: SshHostInfo): MenuEntry[] => [
    { label: 'Test the connection', icon: <PlugZap size={14} />, onSelect: () => tests.start(host.name) },
    { label: 'Change', icon: <SquarePen size={14} />, onSelect: () => setEdited(host) },
    { type: 'separator' },
    { label: 'Remove', icon: <Trash2 size={14} />, danger: true, onSelect: () => setRemoved(host) },
  ];
  const remove = async ({ name }: SshHostInfo): Promise<void> => {
    tests.cancel(name);
    try {
      await client.host.remove({ name });
      cache.invalidate([HOSTS]);
    } catch (error) {
      showToast({ tone: 'failed', title: `Could not remove ${name}`, body: toFailure(error).message });
    }
  };
  const saved = (name: string): void => {
    const isNew = edited === null;
    setEdited(undefined);
    setChosen(name);
    if (isNew) tests.start(name);
  };
  if (hosts.status === 'failed') return <FailureState failure={hosts.failure} onRetry={hosts.reload} />;
  const addButton = (
    <Button variant="primary" icon={<Plus size={14} />} onClick={add}>
      Add a host
    </Button>
  );
  return (
    <>
      {selected !== null && <PageHeader title="Hosts" actions={addButton} />}
      {hosts.status === 'loading' ? (
        <SkeletonRows />
      ) : selected === null ? (
        <EmptyState icon={<Server size={20} />} title="No host is registered" actions={addButton}>
          Stages run on any machine that your own ssh reaches. Registered here, it gets labels, slots and a
          test.
        </EmptyState>
      ) : (
        <Panes id="hosts">
          <Pane id="hosts-list" defaultSize="60%" minSize={420}>
            <DataTable
              main
              label="Hosts"
              columns={columns}
              rows={hosts.value}
              rowKey={({ name }) => name}
              selectedKey={selected.name}
              onSelect={({ name }) => setChosen(name)}
              onOpen={setEdited}
              rowMenu={menu}
            />
          </Pane>
          <PaneHandle />
          <Pane id="hosts-panel" defaultSize={400} minSize={300} maxSize="60%" fixed>
            <HostPanel
              key={selected.name}
              host={selected}
              tests={tests}
              onEdit={setEdited}
              onRemove={setRemoved}
            />
          </Pane>
        </Panes>
      )}
      {edited !== undefined && (
        <HostForm host={edited} onClose={() => setEdited(undefined)} onSaved={saved} />
      )}
      <ConfirmDialog
        open={removed !== null}
        onOpenChange={() => setRemoved(null)}
        title={`Remove ${removed?.name ?? ''}?`}
        description="Its labels and slots go. Stages that name it still run there, one at a time."
        confirmLabel="Remove"
        danger
        onConfirm={() => {
          if (removed !== null) void remove(removed);
        }}
      />
    </>
  );
}
