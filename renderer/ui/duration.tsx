import { formatDuration } from '#shared/lib/durations.ts';
import { useNow } from './clock.ts';

export interface DurationProps {
  /** Epoch milliseconds; null: not started, shows a dash. */
  readonly startedAt: number | null;
  /** Null: goes on, and ticks by itself once a second without rendering anything around it. */
  readonly finishedAt: number | null;
}

/** How long something took or has taken so far. */
export function Duration({ startedAt, finishedAt }: DurationProps) {
  const live = startedAt !== null && finishedAt === null;
  const now = useNow(live ? 1_000 : null);
  if (startedAt === null) return <span aria-label="Not started">–</span>;
  const ms = Math.max(0, (finishedAt ?? now) - startedAt);
  // A live figure in tenths would only flicker.
  return (
    <span data-figures>
      {formatDuration(live ? Math.floor(ms / 1_000) * 1_000 : ms).replace(/^0ms$/, '0s')}
    </span>
  );
}
