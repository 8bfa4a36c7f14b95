import { MoveLeft } from 'lucide-react';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { navigate } from '#renderer/ui/navigation/navigate.ts';
import { PageHeader } from '#renderer/ui/page-header.tsx';
import { StatusIcon } from '#renderer/ui/status-icon.tsx';
import type { RunId, StageId } from '#shared/lib/ids.ts';
import { useFollowedRun } from '../hooks/use-followed-run.ts';
import { useRun } from '../run-context.ts';
import type { RunSlots } from '../run-slots.ts';
import { plannedOf, stageOf } from '../selectors.ts';
import { attemptStatus, outcomeWords } from '../stage-words.ts';
import { ContinueButton } from './failure-actions.tsx';
import { RunGuard } from './run-guard.tsx';
import styles from './run-screen.module.css';

export interface RunShellScreenProps {
  readonly runId: RunId;
  readonly stage: StageId;
  /** 1-based. */
  readonly attempt: number;
  /** Keep the same object. */
  readonly slots: Pick<RunSlots, 'shell'>;
}

/** A shell in a stage, full size, with the way back to its run; it ends when one leaves. */
export function RunShellScreen(props: RunShellScreenProps) {
  return (
    <RunGuard followed={useFollowedRun(props.runId)}>
      <ShellScreen {...props} />
    </RunGuard>
  );
}

function ShellScreen({ runId, stage: id, attempt: number, slots }: RunShellScreenProps) {
  const run = useRun();
  const planned = plannedOf(run, id);
  const attempt = stageOf(run, id)?.attempts[number - 1];
  if (planned === undefined || attempt === undefined)
    return (
      <EmptyState title="No such attempt">
        This run has no attempt {number} of “{id}”.
      </EmptyState>
    );
  const { paused } = attempt;
  return (
    <>
      <PageHeader
        leading={
          <>
            <IconButton
              label="Back to the run"
              icon={<MoveLeft size={16} />}
              onClick={() => navigate({ screen: 'run', runId, stage: id })}
            />
            <StatusIcon status={attemptStatus(attempt)} />
          </>
        }
        title={`Shell in ${planned.name}`}
        facts={
          <>
            <span className={styles['outcome']}>
              {paused === undefined ? outcomeWords(attempt) : 'paused'}
            </span>
            <span>
              {run.name} #{run.number}
            </span>
          </>
        }
        actions={paused !== undefined && <ContinueButton runId={runId} stage={id} />}
      />
      {slots.shell({ runId, stage: id, attempt: number, secrets: planned.secrets })}
    </>
  );
}
