import { useNow } from '#renderer/ui/clock.ts';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';

/** Nearer than this, words that count minutes say nothing. */
const SOON_MS = 60_000;

/** When a trigger fires or asks next. `at` is ISO 8601. */
export function NextTime({ at }: { readonly at: string }) {
  const now = useNow(15_000);
  const atMs = Date.parse(at);
  return atMs - now <= SOON_MS ? <span title={at}>within a minute</span> : <RelativeTime at={atMs} />;
}
