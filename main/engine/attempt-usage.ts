import type { Usage } from '#shared/run/usage.ts';
import type { Clock, OpenPlace } from './ports.ts';

/** Adds up what the parts of an attempt use: its steps, one after the other, or the place that they all run in. */
export interface UsageMeter {
  /** A part with totals of its own. */
  part(): UsagePart;
  /** Reports the last figures, if there are any that were not reported. Idempotent; what comes later is dropped. */
  close(): void;
}

export interface UsagePart {
  /** The part's figures so far. */
  readonly report: (usage: Usage) => void;
  /** It holds nothing any more. */
  readonly end: () => void;
}

/** Reports of an attempt follow each other after a second, or after this part of its age if that is longer. */
const MIN_SPACE_MS = 1_000;
const SPACE_OF_AGE = 1 / 20;

/** @param report gets the figures of the whole attempt: some hundred times at most, however long it runs */
export function createUsageMeter(clock: Pick<Clock, 'now'>, report: (usage: Usage) => void): UsageMeter {
  const startedAt = clock.now();
  const parts: { usage: Usage | null }[] = [];
  let reportedAt = startedAt;
  let unreported: Usage | null = null;
  let peak = 0;
  let isClosed = false;

  function flush(now: number): void {
    if (unreported === null) return;
    const usage = unreported;
    unreported = null;
    reportedAt = now;
    try {
      report(usage);
    } catch {
      // The store refuses events. The journal has ended the run for that; this call may come from a timer.
      isClosed = true;
    }
  }

  function changed(): void {
    if (isClosed) return;
    const usages = parts.flatMap(({ usage }) => (usage === null ? [] : [usage]));
    if (usages.length === 0) return;
    unreported = usages.reduce(sum);
    peak = Math.max(peak, unreported.memoryPeakBytes, unreported.memoryBytes);
    unreported = { ...unreported, memoryPeakBytes: peak };
    const now = clock.now();
    if (now - reportedAt >= Math.max(MIN_SPACE_MS, (now - startedAt) * SPACE_OF_AGE)) flush(now);
  }

  return {
    part() {
      const part: (typeof parts)[number] = { usage: null };
      parts.push(part);
      return {
        report(usage) {
          part.usage = usage;
          changed();
        },
        end() {
          // Not reported by itself: the last figures of an attempt say what it held, not that it is over.
          if (part.usage !== null) part.usage = { ...part.usage, memoryBytes: 0 };
        },
      };
    },
    close() {
      if (!isClosed) flush(clock.now());
      isClosed = true;
    },
  };
}

function sum(one: Usage, other: Usage): Usage {
  return {
    cpuMs: one.cpuMs + other.cpuMs,
    memoryBytes: one.memoryBytes + other.memoryBytes,
    // Parts had their peaks at different times; the sum of what they hold at once is looked at beside.
    memoryPeakBytes: Math.max(one.memoryPeakBytes, other.memoryPeakBytes),
    readBytes: sumKnown(one.readBytes, other.readBytes),
    writtenBytes: sumKnown(one.writtenBytes, other.writtenBytes),
  };
}

function sumKnown(one: number | null, other: number | null): number | null {
  return one === null && other === null ? null : (one ?? 0) + (other ?? 0);
}

/** The place, with each of its steps a part of the meter, which closes with it. */
export function metered(place: OpenPlace, meter: UsageMeter): OpenPlace {
  return {
    ...place,
    async execute(request, signal) {
      const part = meter.part();
      try {
        return await place.execute({ ...request, onUsage: part.report }, signal);
      } finally {
        part.end();
      }
    },
    async close() {
      await place.close();
      meter.close();
    },
  };
}
