/** A stretch of time; milliseconds since the run was made. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

const STEPS_MS = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000,
  600_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000, 43_200_000, 86_400_000,
] as const;

/** Round times to mark on an axis, at most `most` of them. */
export function ticks({ fromMs, toMs }: TimeRange, most: number): number[] {
  const least = (toMs - fromMs) / Math.max(1, most);
  const step = STEPS_MS.find((candidate) => candidate >= least) ?? Math.ceil(least / 86_400_000) * 86_400_000;
  const marks: number[] = [];
  for (let at = Math.ceil(fromMs / step) * step; at <= toMs; at += step) marks.push(at);
  return marks;
}

/** Where a time lies in a range: 0 at its start, 1 at its end, beyond where it lies outside. */
export const share = (ms: number, { fromMs, toMs }: TimeRange): number =>
  (ms - fromMs) / Math.max(1, toMs - fromMs);

/** The shortest stretch that can be looked at. */
const LEAST_MS = 5;

function within(range: TimeRange, whole: TimeRange): TimeRange {
  const lengthMs = Math.min(whole.toMs - whole.fromMs, Math.max(LEAST_MS, range.toMs - range.fromMs));
  const fromMs = Math.min(Math.max(whole.fromMs, range.fromMs), whole.toMs - lengthMs);
  return { fromMs, toMs: fromMs + lengthMs };
}

/**
 * Zooms by a factor (below 1: closer) around a point that stays in place, never beyond the whole.
 * @param at the point, 0..1 of the range
 */
export function zoom(range: TimeRange, whole: TimeRange, factor: number, at: number): TimeRange {
  const lengthMs = range.toMs - range.fromMs;
  const pointMs = range.fromMs + lengthMs * at;
  const nextMs = Math.max(LEAST_MS, lengthMs * factor);
  return within({ fromMs: pointMs - nextMs * at, toMs: pointMs + nextMs * (1 - at) }, whole);
}

/** Moves a range by a share of its length, never beyond the whole. */
export function pan(range: TimeRange, whole: TimeRange, by: number): TimeRange {
  const offsetMs = (range.toMs - range.fromMs) * by;
  return within({ fromMs: range.fromMs + offsetMs, toMs: range.toMs + offsetMs }, whole);
}

/** The range between two points of a range, in either order. */
export function between(range: TimeRange, whole: TimeRange, a: number, b: number): TimeRange {
  const lengthMs = range.toMs - range.fromMs;
  const [start, end] = a < b ? [a, b] : [b, a];
  return within({ fromMs: range.fromMs + lengthMs * start, toMs: range.fromMs + lengthMs * end }, whole);
}
