/** What the processes of an attempt have used since its start. Totals count up over its steps. */
export interface Usage {
  /** Processor time over all processors, so that two busy ones make two seconds of each. */
  readonly cpuMs: number;
  /** Held now, files that processes share left out. */
  readonly memoryBytes: number;
  /** The most that was seen; between two looks it may have been more. */
  readonly memoryPeakBytes: number;
  /** From and to storage; null where the system does not tell. */
  readonly readBytes: number | null;
  readonly writtenBytes: number | null;
}

/** One moment of an attempt. */
export interface UsagePoint {
  /** Since the attempt's start. */
  readonly atMs: number;
  readonly cpuMs: number;
  readonly memoryBytes: number;
}

/** The last figures of an attempt, and its course in at most `MAX_USAGE_POINTS` points. */
export interface UsageState extends Usage {
  readonly points: readonly UsagePoint[];
}

export const MAX_USAGE_POINTS = 120;

/** Adds figures to the course of an attempt; when it gets too long, every second point but the newest goes. */
export function withUsage(state: UsageState | undefined, usage: Usage, atMs: number): UsageState {
  const { cpuMs, memoryBytes } = usage;
  const points = [...(state?.points ?? []), { atMs, cpuMs, memoryBytes }];
  return { ...usage, points: points.length > MAX_USAGE_POINTS ? thinned(points) : points };
}

function thinned(points: readonly UsagePoint[]): readonly UsagePoint[] {
  return points.filter((_, index) => (points.length - 1 - index) % 2 === 0);
}

/** Between two looks: how many processors were busy and what was held at the end. */
export interface UsageSpan {
  readonly fromMs: number;
  readonly toMs: number;
  readonly cpus: number;
  readonly memoryBytes: number;
}

/** Processor time is counted in hundredths of a second: over less than this it says little. */
const MIN_SPAN_MS = 200;

/** The course as spans that follow each other from the attempt's start; a short one at the end belongs to the one before it. */
export function usageSpans(points: readonly UsagePoint[]): readonly UsageSpan[] {
  const spans: UsageSpan[] = [];
  let before: UsagePoint = { atMs: 0, cpuMs: 0, memoryBytes: 0 };
  for (const point of points) {
    const lengthMs = point.atMs - before.atMs;
    if (lengthMs <= 0) continue;
    const usedMs = Math.max(0, point.cpuMs - before.cpuMs);
    before = point;
    const last = spans.at(-1);
    if (lengthMs >= MIN_SPAN_MS || last === undefined) {
      const fromMs = point.atMs - lengthMs;
      spans.push({ fromMs, toMs: point.atMs, cpus: usedMs / lengthMs, memoryBytes: point.memoryBytes });
      continue;
    }
    const wholeMs = point.atMs - last.fromMs;
    const cpus = (last.cpus * (wholeMs - lengthMs) + usedMs) / wholeMs;
    spans[spans.length - 1] = { ...last, toMs: point.atMs, cpus };
  }
  return spans;
}
