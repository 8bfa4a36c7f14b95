import { chunkedToArray } from '#shared/lib/chunked.ts';
import type { RunState } from '#shared/run/run-state.ts';

/** How long the last attempt of each stage that succeeded took, in milliseconds; waiting does not count. */
export function durationsOf(run: RunState): Map<string, number> {
  const durations = new Map<string, number>();
  for (const stage of chunkedToArray(run.stages)) {
    const attempt = stage.attempts.at(-1);
    if (stage.status !== 'succeeded' || !attempt?.finishedAt) continue;
    durations.set(stage.id, Math.max(0, Date.parse(attempt.finishedAt) - Date.parse(attempt.startedAt)));
  }
  return durations;
}
