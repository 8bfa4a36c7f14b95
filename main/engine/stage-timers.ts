import type { StageId } from '#shared/lib/ids.ts';
import type { Clock } from './ports.ts';

/** At most one wait for each stage: a delay before the next try, the time that an approval has. */
export interface StageTimers {
  /** Instead of the one that the stage has. @param until ISO 8601; one that is past comes at once */
  start(stage: StageId, until: string, then: () => void): void;
  stop(stage: StageId): void;
  stopAll(): void;
}

export function createStageTimers(clock: Clock): StageTimers {
  const timers = new Map<StageId, () => void>();

  function stop(stage: StageId): void {
    timers.get(stage)?.();
    timers.delete(stage);
  }

  return {
    stop,
    start(stage, until, then) {
      stop(stage);
      const delayMs = Math.max(0, Date.parse(until) - clock.now());
      const run = (): void => {
        timers.delete(stage);
        then();
      };
      timers.set(stage, clock.after(delayMs, run));
    },
    stopAll() {
      for (const end of timers.values()) end();
      timers.clear();
    },
  };
}
