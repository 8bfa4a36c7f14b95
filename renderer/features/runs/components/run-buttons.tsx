import { ChevronDown, FastForward, Play, RotateCcw, Square, StepForward } from 'lucide-react';
import { useState } from 'react';
import { useBridge } from '#renderer/bridge/bridge-context.ts';
import { Button } from '#renderer/ui/button.tsx';
import { DropdownMenu } from '#renderer/ui/dropdown-menu.tsx';
import type { MenuEntry } from '#renderer/ui/menu-entry.ts';
import type { StageId } from '#shared/lib/ids.ts';
import type { RunState } from '#shared/run/run-state.ts';
import { cancelRun, rerun, resumeRun, runAgain } from '../run-actions.ts';
import { wayOn, type WayOn } from '../way-on.ts';
import styles from './run-header.module.css';

interface RunButtonsProps {
  readonly run: RunState;
  /** The selected stage, from which a run can be rerun. */
  readonly stage: StageId | null;
}

const WAYS: Record<Exclude<WayOn, 'cancel'>, { readonly label: string; readonly icon: typeof Play }> = {
  resume: { label: 'Resume', icon: Play },
  'rerun-failed': { label: 'Rerun failed', icon: FastForward },
  again: { label: 'Run again', icon: RotateCcw },
};

/** The main thing to do with the run as it stands, and the other ways to run it once more behind it. */
export function RunButtons({ run, stage }: RunButtonsProps) {
  const { client } = useBridge();
  const [isBusy, setIsBusy] = useState(false);
  const act = (action: () => Promise<void>) => () => {
    if (isBusy) return;
    setIsBusy(true);
    void action().then(() => setIsBusy(false));
  };
  const main = wayOn(run);
  if (main === 'cancel') {
    const isCancelling = run.cancelRequested !== null;
    return (
      <Button icon={<Square size={14} />} busy={isCancelling} onClick={() => void cancelRun(client, run)}>
        {isCancelling ? 'Cancelling…' : 'Cancel'}
      </Button>
    );
  }
  const actions: Record<Exclude<WayOn, 'cancel'>, () => Promise<void>> = {
    resume: () => resumeRun(client, run),
    'rerun-failed': () => rerun(client, run, { from: 'failed' }),
    again: () => runAgain(client, run),
  };
  const { label, icon: Icon } = WAYS[main];
  const entries: MenuEntry[] = [
    {
      label: 'Rerun failed',
      icon: <FastForward size={14} />,
      shortcut: '.',
      disabled: run.status === 'succeeded',
      onSelect: act(actions['rerun-failed']),
    },
    {
      label: stage === null ? 'Rerun from the selected stage' : `Rerun from ${stage}`,
      icon: <StepForward size={14} />,
      disabled: stage === null,
      onSelect: act(async () => {
        if (stage !== null) await rerun(client, run, { from: 'stage', stage });
      }),
    },
    { label: 'Run again', icon: <RotateCcw size={14} />, shortcut: 'r', onSelect: act(actions.again) },
  ];
  return (
    <div className={styles['split']}>
      <Button variant="primary" icon={<Icon size={14} />} busy={isBusy} onClick={act(actions[main])}>
        {label}
      </Button>
      <DropdownMenu
        align="end"
        trigger={
          <Button variant="primary" aria-label="More ways to run it" icon={<ChevronDown size={14} />} />
        }
        entries={entries.filter((entry) => !('label' in entry) || entry.label !== label)}
      />
    </div>
  );
}
