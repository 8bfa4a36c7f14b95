import { CircleAlert } from 'lucide-react';
import { RouteLink } from '#renderer/ui/navigation/route-link.tsx';
import type { RunState } from '#shared/run/run-state.ts';
import { whatBroke } from '../what-broke.ts';
import styles from './what-broke-line.module.css';

/** One line that says why the run failed and leads to the log of it; nothing for other runs. */
export function WhatBrokeLine({ run }: { readonly run: RunState }) {
  const breakage = whatBroke(run);
  if (breakage === null) return null;
  const { stage, name, attempt, reason, others } = breakage;
  return (
    <div className={styles['line']} role="status">
      <CircleAlert size={14} className={styles['icon']} />
      <span className={styles['words']} data-selectable>
        <strong>{name}</strong> — {reason}
        {others > 0 && `; ${others} more ${others === 1 ? 'stage' : 'stages'} failed`}
      </span>
      {attempt > 0 && (
        <RouteLink className={styles['link']} to={{ screen: 'log', runId: run.runId, stage, attempt }}>
          Open the log
        </RouteLink>
      )}
    </div>
  );
}
