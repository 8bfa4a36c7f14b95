import type { RunSummary } from '#shared/api/schemas.ts';
import { RunDuration } from '#renderer/ui/run-facts/run-duration.tsx';
import { statusTone } from '#renderer/ui/status.ts';
import { toneColour } from '#renderer/ui/tone.ts';
import styles from './history.module.css';

/** A run's duration, with a bar against the longest in the list. */
export function DurationBar({ run, longestMs }: { readonly run: RunSummary; readonly longestMs: number }) {
  const share = run.durationMs === null || longestMs === 0 ? 0 : run.durationMs / longestMs;
  return (
    <span className={styles['duration']}>
      <span className={styles['track']} aria-hidden>
        <span
          className={styles['bar']}
          style={{
            width: `${Math.max(share * 100, share > 0 ? 3 : 0)}%`,
            background: toneColour(statusTone(run.status)),
          }}
        />
      </span>
      <span className={styles['time']}>
        <RunDuration run={run} />
      </span>
    </span>
  );
}
