import { Ellipsis, GitBranch, GitCommitHorizontal, Timer } from 'lucide-react';
import { useState } from 'react';
import { useBridge } from '#renderer/bridge/bridge-context.ts';
import { ConfirmDialog } from '#renderer/ui/confirm-dialog.tsx';
import { DropdownMenu } from '#renderer/ui/dropdown-menu.tsx';
import { Duration } from '#renderer/ui/duration.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { PageHeader } from '#renderer/ui/page-header.tsx';
import { PinMark } from '#renderer/ui/run-facts/pin-mark.tsx';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import { StatusText } from '#renderer/ui/status-text.tsx';
import type { StageId } from '#shared/lib/ids.ts';
import type { RunTrigger } from '#shared/run/events.ts';
import type { RunState } from '#shared/run/run-state.ts';
import { isFinalRunStatus } from '#shared/run/status.ts';
import { usePinned } from '../hooks/use-pinned.ts';
import { pinRun, removeRun } from '../run-actions.ts';
import { RunButtons } from './run-buttons.tsx';
import styles from './run-header.module.css';

const TRIGGERS: Record<RunTrigger['type'], string> = {
  manual: 'by hand',
  cli: 'from the command line',
  api: 'by another tool',
  schedule: 'by its schedule',
  watch: 'by a changed file',
  hook: 'by a Git hook',
  push: 'by a push',
  poll: 'by a change of the repository',
  webhook: 'by a webhook',
};

const msOf = (at: string | null): number | null => (at === null ? null : Date.parse(at));

/** Who the run is and how it stands, with what can be done about it. */
export function RunHeader({ run, stage }: { readonly run: RunState; readonly stage: StageId | null }) {
  const isPinned = usePinned(run.runId);
  return (
    <PageHeader
      leading={<RunStatus run={run} />}
      title={
        <>
          {run.name} <span className={styles['number']}>#{run.number}</span>
          {isPinned === true && (
            <span className={styles['pin']}>
              <PinMark />
            </span>
          )}
        </>
      }
      facts={<RunFacts run={run} />}
      actions={
        <>
          <RunButtons run={run} stage={stage} />
          <MoreMenu run={run} isPinned={isPinned} />
        </>
      }
    />
  );
}

/** A run that can only wait says so instead of that it runs. */
function RunStatus({ run: { status, counts } }: { readonly run: RunState }) {
  const waits = status === 'running' && counts.running === 0 && counts['waiting-approval'] > 0;
  return <StatusText status={waits ? 'waiting-approval' : status} />;
}

function RunFacts({ run: { git, trigger, createdAt, startedAt, finishedAt } }: { readonly run: RunState }) {
  return (
    <>
      <span className={styles['fact']}>
        <Timer size={14} />
        <Duration startedAt={msOf(startedAt)} finishedAt={msOf(finishedAt)} />
      </span>
      {git?.branch != null && (
        <span className={styles['fact']}>
          <GitBranch size={14} />
          {git.branch}
        </span>
      )}
      {git !== null && (
        <span className={styles['commit']} title={`${git.commit}\n${git.message}`}>
          <GitCommitHorizontal size={14} />
          <code>{git.commit.slice(0, 7)}</code>
          <span className={styles['message']}>{git.message.split('\n')[0]}</span>
        </span>
      )}
      <span className={styles['fact']}>
        <RelativeTime at={Date.parse(createdAt)} /> {TRIGGERS[trigger.type]}
      </span>
    </>
  );
}

function MoreMenu({ run, isPinned }: { readonly run: RunState; readonly isPinned: boolean | null }) {
  const { client } = useBridge();
  const [isRemoving, setIsRemoving] = useState(false);
  const isOver = isFinalRunStatus(run.status);
  return (
    <>
      <DropdownMenu
        align="end"
        trigger={<IconButton label="More" icon={<Ellipsis size={16} />} />}
        entries={[
          { label: 'Copy the run’s id', onSelect: () => void navigator.clipboard.writeText(run.runId) },
          { label: 'Copy a link', onSelect: () => void navigator.clipboard.writeText(location.href) },
          { type: 'separator' },
          {
            label: isPinned === true ? 'Unpin this run' : 'Pin this run',
            disabled: isPinned === null,
            onSelect: () => void pinRun(client, run.runId, isPinned !== true),
          },
          { label: 'Remove this run', danger: true, disabled: !isOver, onSelect: () => setIsRemoving(true) },
        ]}
      />
      <ConfirmDialog
        open={isRemoving}
        onOpenChange={setIsRemoving}
        title={`Remove ${run.name} #${run.number}?`}
        description="Its logs, artifacts and reports are removed with it. This cannot be undone."
        confirmLabel="Remove"
        danger
        onConfirm={() => void removeRun(client, run)}
      />
    </>
  );
}
