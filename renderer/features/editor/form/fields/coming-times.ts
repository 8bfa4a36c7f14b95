const SHOWN = 3;
const DAY_MS = 24 * 60 * 60_000;

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short' });

const midnight = (timeMs: number): number => new Date(timeMs).setHours(0, 0, 0, 0);

/** The first times that are still to come, as days and clock times: `today 14:00`, `tomorrow 03:00`, `Thu 26 Nov 03:00`. */
export const comingTimes = (timesMs: readonly number[], nowMs: number): readonly string[] =>
  timesMs
    .filter((time) => time > nowMs)
    .slice(0, SHOWN)
    .map((time) => `${dayWords(time, nowMs)} ${clock.format(time)}`);

function dayWords(timeMs: number, nowMs: number): string {
  // Days are not all of the same length.
  const days = Math.round((midnight(timeMs) - midnight(nowMs)) / DAY_MS);
  return days === 0 ? 'today' : days === 1 ? 'tomorrow' : day.format(timeMs);
}
