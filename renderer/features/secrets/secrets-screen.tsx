import { Ellipsis, KeyRound, Plus, Replace, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { toFailure } from '#renderer/bridge/app-failure.ts';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { Button } from '#renderer/ui/button.tsx';
import { ConfirmDialog } from '#renderer/ui/confirm-dialog.tsx';
import type { Column } from '#renderer/ui/data-table-column.ts';
import { DataTable } from '#renderer/ui/data-table.tsx';
import { DropdownMenu } from '#renderer/ui/dropdown-menu.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { FailureState } from '#renderer/ui/failure-state.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import type { MenuEntry } from '#renderer/ui/menu-entry.ts';
import { PageHeader } from '#renderer/ui/page-header.tsx';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import { showToast } from '#renderer/ui/toast-store.ts';
import type { Project, SecretInfo } from '#shared/api/schemas.ts';
import { KeyKeepingLine } from './key-keeping.tsx';
import { scopeWords, secretKey } from './scope-words.ts';
import { SecretForm } from './secret-form.tsx';
import { useSecrets } from './use-secrets.ts';
import styles from './secrets.module.css';

const columns = (
  projects: readonly Project[],
  menu: (secret: SecretInfo) => readonly MenuEntry[],
): Column<SecretInfo>[] => [
  {
    id: 'name',
    header: 'Name',
    width: 'minmax(160px, 1.4fr)',
    cell: ({ name }) => <code className={styles['name']}>{name}</code>,
  },
  {
    id: 'scope',
    header: 'Seen by',
    width: 'minmax(140px, 1fr)',
    cell: ({ scope }) => <span className={styles['muted']}>{scopeWords(scope, projects)}</span>,
  },
  {
    id: 'updated',
    header: 'Updated',
    width: '120px',
    align: 'end',
    cell: ({ updatedAt }) => (
      <span className={styles['muted']}>
        <RelativeTime at={Date.parse(updatedAt)} />
      </span>
    ),
  },
  {
    id: 'menu',
    header: '',
    label: 'Actions',
    width: '24px',
    cell: (secret) => (
      // A click on the menu is not a click on the row.
      <span onClick={(event) => event.stopPropagation()}>
        <DropdownMenu
          align="end"
          entries={menu(secret)}
          trigger={
            <IconButton size="small" label={`Actions for ${secret.name}`} icon={<Ellipsis size={14} />} />
          }
        />
      </span>
    ),
  },
];

/** The secrets of this data folder by name and scope; values go in and never come out. */
export function SecretsScreen() {
  const { client, cache } = useBridge();
  const projects = useRemote(['projects', 'list'], (signal) => client.project.list(undefined, { signal }));
  const known = projects.status === 'ready' ? projects.value : null;
  const secrets = useSecrets(known);
  // `null` is a new one, undefined is no form.
  const [edited, setEdited] = useState<SecretInfo | null | undefined>();
  const [removed, setRemoved] = useState<SecretInfo | null>(null);
  const menu = (secret: SecretInfo): MenuEntry[] => [
    { label: 'Replace', icon: <Replace size={14} />, onSelect: () => setEdited(secret) },
    { type: 'separator' },
    { label: 'Remove', icon: <Trash2 size={14} />, danger: true, onSelect: () => setRemoved(secret) },
  ];
  const remove = async ({ name, scope }: SecretInfo): Promise<void> => {
    try {
      await client.secret.remove({ name, scope });
      cache.invalidate(['secrets']);
    } catch (error) {
      showToast({ tone: 'failed', title: `Could not remove ${name}`, body: toFailure(error).message });
    }
  };
  if (projects.status === 'failed')
    return <FailureState failure={projects.failure} onRetry={projects.reload} />;
  if (secrets.status === 'failed') return <FailureState failure={secrets.failure} onRetry={secrets.reload} />;
  const add = (
    <Button variant="primary" icon={<Plus size={14} />} onClick={() => setEdited(null)}>
      Add a secret
    </Button>
  );
  const isEmpty = secrets.status === 'ready' && secrets.value.length === 0;
  return (
    <>
      {!isEmpty && <PageHeader title="Secrets" actions={add} />}
      {secrets.status === 'loading' ? (
        <SkeletonRows />
      ) : isEmpty ? (
        <EmptyState icon={<KeyRound size={20} />} title="There are no secrets" actions={add}>
          Tokens and passwords that stages need are kept here, encrypted, and never in the pipeline file.
        </EmptyState>
      ) : (
        <DataTable
          main
          label="Secrets"
          columns={columns(known ?? [], menu)}
          rows={secrets.value}
          rowKey={secretKey}
          onOpen={setEdited}
          rowMenu={menu}
        />
      )}
      <KeyKeepingLine />
      {edited !== undefined && (
        <SecretForm secret={edited} projects={known ?? []} onClose={() => setEdited(undefined)} />
      )}
      <ConfirmDialog
        open={removed !== null}
        onOpenChange={() => setRemoved(null)}
        title={`Remove ${removed?.name ?? ''}?`}
        description="Stages that name it will fail before they start. Its value cannot be brought back."
        confirmLabel="Remove"
        danger
        onConfirm={() => {
          if (removed !== null) void remove(removed);
        }}
      />
    </>
  );
}
