import type { ScheduleRule } from './rules.ts';

/** How far a schedule has looked. All times are epoch milliseconds. */
export interface ScheduleCursor {
  /** Times up to here are dealt with, by the clock as it is set now. */
  readonly at: number;
  /** After the clock has gone back: times between the two were dealt with before it did. */
  readonly repeated: { readonly from: number; readonly to: number } | null;
}

/** A clock that goes back further than this had been wrong, and what was done by it does not count. As in cron(8). */
const MAX_REPEATED_MS = 3 * 3_600_000;
/** A clock that goes back by no more than this was merely put right. */
const SMALL_STEP_MS = 5 * 60_000;

export const cursorAt = (at: number): ScheduleCursor => ({ at, repeated: null });

/** Null for a text of another form. */
export function parseCursor(text: string | null): ScheduleCursor | null {
  const match = /^(\d+)(?:;(\d+)-(\d+))?$/.exec(text ?? '');
  if (match === null) return null;
  const [, at, from, to] = match;
  return { at: Number(at), repeated: from === undefined ? null : { from: Number(from), to: Number(to) } };
}

export function formatCursor({ at, repeated }: ScheduleCursor): string {
  return repeated === null ? String(at) : `${at};${repeated.from}-${repeated.to}`;
}

/** The cursor at a moment at which the clock may have gone back. Only a look at due times moves it forward. */
export function cursorBy(cursor: ScheduleCursor, nowMs: number): ScheduleCursor {
  if (nowMs >= cursor.at) return cursor;
  const to = Math.max(cursor.at, cursor.repeated?.to ?? 0);
  return { at: nowMs, repeated: to - nowMs < MAX_REPEATED_MS ? { from: nowMs, to } : null };
}

/** After all times up to now were dealt with. */
export function advanced({ repeated }: ScheduleCursor, nowMs: number): ScheduleCursor {
  return { at: nowMs, repeated: repeated !== null && repeated.to > nowMs ? repeated : null };
}

/**
 * From when on a rule's times are due. Times that come a second time, because the clock went back, are left out where the
 * schedule would not be silent for long by that: after a small step, and for a rule with one time among them or with a
 * fixed hour and minute. Otherwise the clock as it is now counts at once.
 * @param countBetween how often the rule's times lie after the first moment, up to the second
 */
export function dueSince(
  { at, repeated }: ScheduleCursor,
  { cron }: ScheduleRule,
  countBetween: (fromMs: number, toMs: number) => number,
): number {
  if (repeated === null || repeated.to <= at) return at;
  const { from, to } = repeated;
  const isFixed = !cron.trim().split(/\s+/).slice(0, 2).join(' ').includes('*');
  return to - from <= SMALL_STEP_MS || isFixed || countBetween(from, to) <= 1 ? to : at;
}
