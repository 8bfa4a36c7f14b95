import { Badge } from '#renderer/ui/badge.tsx';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import type { TriggerFiring } from '#shared/api/trigger-schemas.ts';
import { FiringResult } from './firing-result.tsx';
import styles from './triggers.module.css';

/** The firings of one trigger, newest first. */
export function FiringList({ firings }: { readonly firings: readonly TriggerFiring[] }) {
  if (firings.length === 0) return <p className={styles['none']}>It has not fired yet.</p>;
  return (
    <ol className={styles['firings']}>
      {firings.map((firing, index) => (
        <li key={`${firing.at} ${firings.length - index}`} className={styles['firing']}>
          <span className={styles['line']}>
            <FiringResult firing={firing} />
            <span className={styles['time']}>
              <RelativeTime at={Date.parse(firing.at)} />
            </span>
          </span>
          <span className={styles['reason']}>
            {firing.missed > 0 && <Badge tone="warning">{`${firing.missed} missed`}</Badge>} {firing.reason}
          </span>
        </li>
      ))}
    </ol>
  );
}
