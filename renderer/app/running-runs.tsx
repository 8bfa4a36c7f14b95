import { useState } from 'react';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { Button } from '#renderer/ui/button.tsx';
import { RouteLink } from '#renderer/ui/navigation/route-link.tsx';
import { Popover } from '#renderer/ui/popover.tsx';
import { ProgressBar } from '#renderer/ui/progress-bar.tsx';
import { RunDuration } from '#renderer/ui/run-facts/run-duration.tsx';
import { RunName } from '#renderer/ui/run-facts/run-name.tsx';
import { StatusIcon } from '#renderer/ui/status-icon.tsx';
import styles from './running-runs.module.css';

const MOST = 50;

/** In the title bar: how many runs go on, of all projects; a click lists them. Nothing while none does. */
export function RunningRuns() {
  const { client } = useBridge();
  const [open, setOpen] = useState(false);
  const running = useRemote(['runs', 'running'], (signal) =>
    client.run.list({ statuses: ['running', 'queued'], limit: MOST }, { signal }),
  );
  const { runs, total } = running.status === 'ready' ? running.value : { runs: [], total: 0 };
  if (total === 0) return null;
  return (
    <Popover
      label="Running"
      align="end"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant="ghost" icon={<StatusIcon status="running" size={14} decorative />}>
          {total} running
        </Button>
      }
    >
      <ul className={styles['list']}>
        {runs.map((run) => (
          <li key={run.id}>
            <RouteLink
              to={{ screen: 'run', runId: run.id }}
              className={styles['run']}
              onClick={() => setOpen(false)}
            >
              <span className={styles['line']}>
                <StatusIcon status={run.status} size={14} />
                <RunName name={run.name} number={run.number} />
                <span className={styles['time']}>
                  <RunDuration run={run} />
                </span>
              </span>
              <ProgressBar
                label={`Stages of ${run.name} #${run.number}`}
                value={run.stageCount === 0 ? null : run.finishedStageCount / run.stageCount}
              />
              <span className={styles['stages']}>
                {run.finishedStageCount} of {run.stageCount} stages
              </span>
            </RouteLink>
          </li>
        ))}
      </ul>
    </Popover>
  );
}
