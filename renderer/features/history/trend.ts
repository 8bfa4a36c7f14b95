import type { RunSummary } from '#shared/api/schemas.ts';

/** The finished runs with a duration, oldest first. */
export const trendRuns = (runs: readonly RunSummary[]): RunSummary[] =>
  runs
    .filter(({ durationMs, finishedAt }) => durationMs !== null && finishedAt !== null)
    .toSorted((a, b) => a.createdAt.localeCompare(b.createdAt));

/** The middle of the durations, milliseconds; of succeeded runs where there are any, since a failure ends early. */
export function medianDuration(runs: readonly RunSummary[]): number | null {
  const succeeded = runs.filter(({ status }) => status === 'succeeded');
  const durations = (succeeded.length > 0 ? succeeded : runs)
    .flatMap(({ durationMs }) => (durationMs === null ? [] : [durationMs]))
    .sort((a, b) => a - b);
  const middle = Math.floor(durations.length / 2);
  const upper = durations[middle];
  if (upper === undefined) return null;
  return durations.length % 2 === 1 ? upper : (durations[middle - 1]! + upper) / 2;
}

const STEPS_MS = [
  100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_200_000,
  1_800_000, 3_600_000, 7_200_000, 14_400_000, 43_200_000, 86_400_000,
];

/** Round places on an axis of durations from 0 up to `maxMs`, four at most. */
export function durationTicks(maxMs: number): number[] {
  const step = STEPS_MS.find((candidate) => maxMs / candidate <= 3) ?? Math.ceil(maxMs / 3);
  return Array.from({ length: Math.floor(maxMs / step) + 1 }, (_, index) => index * step);
}
