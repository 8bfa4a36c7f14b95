/** Calls back before the next paint, or soon where nothing is painted; the returned function cancels it. */
export type ScheduleFrame = (callback: () => void) => () => void;

const HIDDEN_PAUSE_MS = 100;

/** A hidden window gets no animation frames, yet its title and notifications must go on. */
export const scheduleFrame: ScheduleFrame = (callback) => {
  if (document.hidden) {
    const timer = setTimeout(callback, HIDDEN_PAUSE_MS);
    return () => clearTimeout(timer);
  }
  // A window that gets hidden in between would otherwise wait until it is shown again.
  const onHide = (): void => {
    if (!document.hidden) return;
    cancel();
    callback();
  };
  const frame = requestAnimationFrame(() => {
    document.removeEventListener('visibilitychange', onHide);
    callback();
  });
  const cancel = (): void => {
    document.removeEventListener('visibilitychange', onHide);
    cancelAnimationFrame(frame);
  };
  document.addEventListener('visibilitychange', onHide);
  return cancel;
};

/** Collects values and hands them over once per frame, in order. */
export class FrameBatcher<T> {
  #waiting: T[] = [];
  #cancel: (() => void) | null = null;
  readonly #schedule: ScheduleFrame;
  readonly #onBatch: (values: readonly T[]) => void;

  constructor(schedule: ScheduleFrame, onBatch: (values: readonly T[]) => void) {
    this.#schedule = schedule;
    this.#onBatch = onBatch;
  }

  add(values: readonly T[]): void {
    for (const value of values) this.#waiting.push(value);
    if (this.#waiting.length > 0) this.#cancel ??= this.#schedule(() => this.flush());
  }

  /** Hands over now what waits. */
  flush(): void {
    this.#cancel?.();
    this.#cancel = null;
    if (this.#waiting.length === 0) return;
    const values = this.#waiting;
    this.#waiting = [];
    this.#onBatch(values);
  }

  /** Drops what waits. */
  discard(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#waiting = [];
  }
}
