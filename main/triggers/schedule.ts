import { Cron } from 'croner';
import type { Clock } from '#main/engine/ports.ts';
import type { TriggerSource } from './ports.ts';
import type { ScheduleRule } from './rules.ts';
import { advanced, cursorAt, cursorBy, dueSince, type ScheduleCursor } from './schedule-cursor.ts';
import { toAppError } from '#shared/lib/app-error.ts';

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

/**
 * The next time that fires.
 * @param cursor how far the schedule has looked; null for one that is new
 * @throws when an expression or a time zone is wrong
 */
export function nextDue(
  rules: readonly ScheduleRule[],
  cursor: ScheduleCursor | null,
  nowMs: number,
): number | null {
  const from = cursorBy(cursor ?? cursorAt(nowMs), nowMs);
  const times = rules.map((rule) => {
    const cron = cronOf(rule);
    return nextTime(cron, Math.max(nowMs, dueSince(from, rule, counterOf(cron))));
  });
  const next = Math.min(...times);
  return Number.isFinite(next) ? next : null;
}

/**
 * The next times of one rule in epoch milliseconds, the soonest first; none after the last one of a rule that ends.
 * @throws when the expression or the time zone is wrong
 */
export function nextTimes(rule: ScheduleRule, count: number, nowMs: number): readonly number[] {
  return cronOf(rule)
    .nextRuns(count, new Date(nowMs))
    .map((time) => time.getTime());
}

/** The times that are due at `nowMs` and were not dealt with; null when there are none. */
export function dueTimes(
  rules: readonly ScheduleRule[],
  cursor: ScheduleCursor,
  nowMs: number,
): DueTimes | null {
  let due = null as DueTimes | null;
  for (const rule of rules) {
    const cron = cronOf(rule);
    const times = timesBetween(cron, dueSince(cursor, rule, counterOf(cron)), nowMs);
    const [first, last] = [times[0], times.at(-1)];
    if (first === undefined || last === undefined) continue;
    due = {
      count: (due?.count ?? 0) + times.length,
      first: Math.min(first, due?.first ?? first),
      last: Math.max(last, due?.last ?? last),
      rule: due !== null && due.last >= last ? due.rule : rule,
    };
  }
  return due;
}

const nextTime = (cron: Cron, afterMs: number): number =>
  cron.nextRun(new Date(afterMs))?.getTime() ?? Infinity;

/** At most `MAX_COUNT`. */
function timesBetween(cron: Cron, afterMs: number, untilMs: number): number[] {
  const times: number[] = [];
  for (let at = nextTime(cron, afterMs); at <= untilMs && times.length < MAX_COUNT; at = nextTime(cron, at)) {
    times.push(at);
  }
  return times;
}

const counterOf =
  (cron: Cron) =>
  (fromMs: number, toMs: number): number =>
    timesBetween(cron, fromMs, toMs).length;

/** How many of them nobody saw go by; one alone may merely be late. */
const missedOf = ({ count, last }: DueTimes, nowMs: number): number =>
  count === 1 && nowMs - last < MISSED_MS ? 0 : count;

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
  /** How far it has looked; null for a schedule that is new. */
  readonly cursor: { get(): ScheduleCursor | null; set(cursor: ScheduleCursor): void };
  /** Times that went by while it was paused never fire. */
  readonly isPaused: () => boolean;
  readonly fire: (due: DueTimes, reason: string, missed: number) => void;
}

/**
 * Fires when a time has come; all times that were missed fire once. The cursor moves before, so that a time never
 * fires twice: a host that dies in that moment loses it. For a clock that goes back see `dueSince`.
 * @throws when an expression or a time zone is wrong
 */
export function createSchedule({ clock, rules, cursor, isPaused, fire }: ScheduleOptions): TriggerSource {
  let cancel: () => void = () => undefined;

  function tick(): void {
    const now = clock.now();
    const stored = cursor.get();
    const from = cursorBy(stored ?? cursorAt(now), now);
    const due = dueTimes(rules, from, now);
    if (due !== null) {
      cursor.set(advanced(from, now));
      if (!isPaused()) fire(due, describeDue(due, now), missedOf(due, now));
    } else if (from !== stored) cursor.set(from);
    const next = nextDue(rules, from, now);
    if (next !== null) cancel = clock.after(Math.max(1, Math.min(next - now, MAX_WAIT_MS)), tickOrWait);
  }

  /** A store that refuses now is asked again later; the cursor has not moved, so no time is lost. */
  function tickOrWait(): void {
    try {
      tick();
    } catch (error) {
      if (toAppError(error).kind === 'bug') throw error;
      cancel = clock.after(MAX_WAIT_MS, tickOrWait);
    }
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
