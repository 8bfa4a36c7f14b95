import { useState } from 'react';
import type { TimeRange } from '../time-scale.ts';

/** The stretch of time in view: all of it, which grows with the run, until one has zoomed in. Null zooms out again. */
export function useTimeRange(whole: TimeRange): {
  readonly range: TimeRange;
  readonly setRange: (range: TimeRange | null) => void;
  readonly isZoomed: boolean;
} {
  const [own, setOwn] = useState<TimeRange | null>(null);
  const setRange = (range: TimeRange | null): void => {
    const isAll = range === null || (range.fromMs <= whole.fromMs && range.toMs >= whole.toMs);
    setOwn(isAll ? null : range);
  };
  return { range: own ?? whole, setRange, isZoomed: own !== null };
}
