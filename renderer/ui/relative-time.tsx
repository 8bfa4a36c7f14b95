import { useNow } from './clock.ts';
import { describeTime, exactTime } from './describe-time.ts';
import { Tooltip } from './tooltip.tsx';

/** When, in words that keep up with time; the exact time on hover. `at` is epoch milliseconds. */
export function RelativeTime({ at }: { readonly at: number }) {
  const now = useNow(15_000);
  return (
    <Tooltip content={exactTime(at)}>
      <time dateTime={new Date(at).toISOString()}>{describeTime(at, now)}</time>
    </Tooltip>
  );
}
