import { isSameProgress, type Progress, progressOf } from '#shared/run/progress.ts';
import type { Clock } from './ports.ts';

/** What the parts of an attempt tell of how far they are. */
export interface ProgressMeter {
  /** A step of several begins: those before it are what is done. */
  beginStep(number: number, count: number, name: string): void;
  /** Of the step that runs. Figures that mean nothing are dropped. */
  tell(done: number, total: number | null, label: string | null): void;
  /** What the step has told and was not reported yet is reported now. */
  endStep(): void;
  /** Likewise; what comes later is dropped. Idempotent. */
  close(): void;
}

/** Reports follow each other after a fifth of a second, or after this part of the attempt's age if that is longer. */
const MIN_SPACE_MS = 200;
const SPACE_OF_AGE = 1 / 100;
/** After so many reports of an attempt, only what is there at the end of a step is reported. */
export const MAX_REPORTS = 1_000;

type Counted = Omit<Progress, 'step'>;

/** @param report gets what has changed, the newest only, and always the last */
export function createProgressMeter(
  clock: Clock,
  report: (progress: Progress) => void,
  maxReports: number = MAX_REPORTS,
): ProgressMeter {
  const startedAt = clock.now();
  let reportedAt = -Infinity;
  let reports = 0;
  let reported: Progress | null = null;
  let waiting: Progress | null = null;
  let stopTimer: (() => void) | null = null;
  let step: { readonly number: number; readonly count: number } | null = null;
  let isOfStep = false;
  let isClosed = false;

  function flush(): void {
    stopTimer?.();
    stopTimer = null;
    if (waiting === null) return;
    const progress = waiting;
    waiting = null;
    reported = progress;
    reportedAt = clock.now();
    reports += 1;
    try {
      report(progress);
    } catch {
      // The store refuses events. The journal has ended the run for that; this call may come from a timer.
      isClosed = true;
    }
  }

  function take(progress: Progress): void {
    if (isClosed) return;
    if (isSameProgress(reported, progress)) {
      // It went away and came back before anyone was told.
      waiting = null;
      return;
    }
    waiting = progress;
    if (stopTimer !== null || reports >= maxReports) return;
    const now = clock.now();
    const waitMs = Math.max(MIN_SPACE_MS, (now - startedAt) * SPACE_OF_AGE) - (now - reportedAt);
    if (waitMs <= 0) flush();
    else stopTimer = clock.after(waitMs, flush);
  }

  return {
    beginStep(number, count, name) {
      step = { number, count };
      isOfStep = false;
      const counted: Counted | null = progressOf(number - 1, count, name);
      if (counted !== null) take(counted);
    },
    tell(done, total, label) {
      const counted = progressOf(done, total, label);
      if (counted === null) return;
      isOfStep = true;
      take(step === null ? counted : { ...counted, step });
    },
    endStep() {
      if (isOfStep && !isClosed) flush();
      isOfStep = false;
    },
    close() {
      if (!isClosed) flush();
      isClosed = true;
    },
  };
}
