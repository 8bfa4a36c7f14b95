import { Cron } from 'croner';
import type { Clock } from '#main/engine/ports.ts';
import type { TriggerSource } from './ports.ts';
import type { ScheduleRule } from './rules.ts';

/** A timer that is longer would be late after the machine has slept. */
const MAX_WAIT_MS = 30_000;
/** Later than this, the time was missed rather than met. */
const MISSED_MS = 120_000;
/** Counting further says nothing. */
const MAX_COUNT = 1_000;

export interface DueTimes {
  readonly count: number;
  /** Epoch milliseconds. */
  readonly first: number;
  readonly last: number;
  /** Of the last one. */
  readonly rule: ScheduleRule;
}

/** @throws when the expression or the time zone is wrong */
export function nextAfter(rules: readonly ScheduleRule[], afterMs: number): number | null {
  const times = rules.map((rule) => cronOf(rule).nextRun(new Date(afterMs))?.getTime() ?? Infinity);
  const next = Math.min(...times);
  return Number.isFinite(next) ? next : null;
}

/** The times after `sinceMs`, up to and including `nowMs`; null when there are none. */
export function dueTimes(rules: readonly ScheduleRule[], sinceMs: number, nowMs: number): DueTimes | null {
  let due = null as DueTimes | null;
  for (const rule of rules) {
    const cron = cronOf(rule);
    let count = 0;
    let at = cron.nextRun(new Date(sinceMs))?.getTime() ?? Infinity;
    const first = at;
    let last = at;
    for (; at <= nowMs && count < MAX_COUNT; at = cron.nextRun(new Date(at))?.getTime() ?? Infinity) {
      last = at;
      count += 1;
    }
    if (count === 0) continue;
    due = {
      count: (due?.count ?? 0) + count,
      first: Math.min(first, due?.first ?? first),
      last: Math.max(last, due?.last ?? last),
      rule: due !== null && due.last >= last ? due.rule : rule,
    };
  }
  return due;
}

/** One sentence that tells whether times were missed. */
export function describeDue({ count, first, last }: DueTimes, nowMs: number): string {
  const at = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');
  if (count === 1 && nowMs - last < MISSED_MS) return `It was due at ${at(last)}.`;
  if (count === 1) return `It was due at ${at(last)}, when Pipewright was not running or the machine slept.`;
  const many = count >= MAX_COUNT ? `${MAX_COUNT} or more` : String(count);
  return `${many} times were missed since ${at(first)}, when Pipewright was not running or the machine slept; they became one run.`;
}

export interface ScheduleOptions {
  readonly clock: Clock;
  readonly rules: readonly ScheduleRule[];
  /** Epoch milliseconds up to which all times are dealt with; null for a schedule that is new. */
  readonly cursor: { get(): number | null; set(ms: number): void };
  /** Times that went by while it was paused never fire. */
  readonly isPaused: () => boolean;
  readonly fire: (due: DueTimes, reason: string) => void;
}

/**
 * Fires when a time has come; all times that were missed fire once. The cursor moves before, so that a time never
 * fires twice: a host that dies in that moment loses it.
 * @throws when an expression or a time zone is wrong
 */
export function createSchedule({ clock, rules, cursor, isPaused, fire }: ScheduleOptions): TriggerSource {
  let cancel: () => void = () => undefined;

  function tick(): void {
    const now = clock.now();
    const stored = cursor.get();
    // A cursor in the future comes from a clock that has gone back; waiting for it would be silence.
    const since = stored === null || stored > now ? now : stored;
    if (since !== stored) cursor.set(since);
    const due = dueTimes(rules, since, now);
    if (due !== null) {
      cursor.set(now);
      if (!isPaused()) fire(due, describeDue(due, now));
    }
    const next = nextAfter(rules, now);
    if (next !== null) cancel = clock.after(Math.max(1, Math.min(next - now, MAX_WAIT_MS)), tick);
  }

  tick();
  return {
    close: () => {
      cancel();
      return Promise.resolve();
    },
  };
}

function cronOf({ cron, timezone }: ScheduleRule): Cron {
  return new Cron(cron, { paused: true, mode: '5-part', ...(timezone === null ? {} : { timezone }) });
}
