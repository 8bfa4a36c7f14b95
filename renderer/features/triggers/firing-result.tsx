import { RouteLink } from '#renderer/ui/navigation/route-link.tsx';
import { StatusIcon } from '#renderer/ui/status-icon.tsx';
import type { TriggerFiring } from '#shared/api/trigger-schemas.ts';
import styles from './triggers.module.css';

/** What became of a firing: its run with its status, or why there is none. */
export function FiringResult({ firing: { runId, run, skipped } }: { readonly firing: TriggerFiring }) {
  if (runId === null) {
    const why = skipped ?? 'no run';
    return (
      <span className={styles['result']} title={why}>
        <StatusIcon status="skipped" size={14} decorative />
        <span className={styles['skipped']}>{`Not run: ${why}`}</span>
      </span>
    );
  }
  if (run === null) return <span className={styles['muted']}>Its run was removed</span>;
  return (
    <span className={styles['result']}>
      <StatusIcon status={run.status} size={14} />
      <RouteLink className={styles['link']} to={{ screen: 'run', runId }}>
        {`Run #${run.number}`}
      </RouteLink>
    </span>
  );
}
