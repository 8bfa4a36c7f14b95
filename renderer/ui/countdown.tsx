import { formatDuration } from '#shared/lib/durations.ts';
import { useNow } from './clock.ts';

/** The time left until `until` (epoch milliseconds) in whole seconds, `4s`; `0s` once it has come. Ticks by itself. */
export function Countdown({ until }: { readonly until: number }) {
  const now = useNow(500);
  const leftMs = Math.max(0, Math.ceil((until - now) / 1_000) * 1_000);
  return <span data-figures>{leftMs < 10_000 ? `${leftMs / 1_000}s` : formatDuration(leftMs)}</span>;
}
