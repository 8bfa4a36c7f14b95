import { StepForward, Terminal } from 'lucide-react';
import { useState } from 'react';
import { useBridge } from '#renderer/bridge/bridge-context.ts';
import { Button } from '#renderer/ui/button.tsx';
import { CopyButton } from '#renderer/ui/copy-button.tsx';
import { navigate } from '#renderer/ui/navigation/navigate.ts';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import type { RunId } from '#shared/lib/ids.ts';
import type { PlannedStage } from '#shared/pipeline/plan.ts';
import { describePause } from '#shared/run/pause.ts';
import type { AttemptState } from '#shared/run/run-state.ts';
import { continueStage } from '../run-actions.ts';
import styles from './failure-actions.module.css';

interface FailureActionsProps {
  readonly runId: RunId;
  readonly planned: PlannedStage;
  readonly attempt: AttemptState | undefined;
}

const hasFailed = ({ outcome }: AttemptState): boolean =>
  outcome !== null && outcome.type !== 'succeeded' && outcome.type !== 'cancelled';

/** What to do about an attempt that failed or is paused: look into it in a shell, try its command, and let it go on. */
export function FailureActions({ runId, planned, attempt }: FailureActionsProps) {
  const { client } = useBridge();
  if (attempt === undefined || (attempt.paused === undefined && !hasFailed(attempt))) return null;
  const { paused, number } = attempt;
  const stage = planned.id;
  const open = (
    <>
      <Button
        variant={paused === undefined ? 'secondary' : 'primary'}
        icon={<Terminal size={14} />}
        onClick={() => navigate({ screen: 'shell', runId, stage, attempt: number })}
      >
        Open shell here
      </Button>
      <CopyButton
        label={paused?.outcome === null ? 'Copy the command' : 'Copy the command that ran'}
        size="medium"
        text={async () => (await client.shell.command({ runId, stage, attempt: number })).command}
      />
    </>
  );
  if (paused === undefined) return <div className={styles['actions']}>{open}</div>;
  return (
    <section className={styles['box']} aria-label="Paused">
      <p className={styles['message']}>Paused {describePause(paused)}</p>
      <p className={styles['quiet']}>
        {paused.outcome === null
          ? 'Its place is ready, and nothing of it has run'
          : 'All is as the failure left it until the stage goes on'}
        {' · '}
        <RelativeTime at={Date.parse(paused.at)} />
      </p>
      <div className={styles['actions']}>
        {open}
        <ContinueButton runId={runId} stage={stage} />
      </div>
    </section>
  );
}

/** Lets a paused stage go on to its end. */
export function ContinueButton({ runId, stage }: { readonly runId: RunId; readonly stage: string }) {
  const { client } = useBridge();
  const [isBusy, setIsBusy] = useState(false);
  const goOn = async (): Promise<void> => {
    setIsBusy(true);
    await continueStage(client, runId, stage);
    setIsBusy(false);
  };
  return (
    <Button icon={<StepForward size={14} />} busy={isBusy} onClick={() => void goOn()}>
      Continue
    </Button>
  );
}
