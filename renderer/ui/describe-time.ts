const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const dayAndYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });

const midnight = (timeMs: number): number => new Date(timeMs).setHours(0, 0, 0, 0);

/** How long ago, for people: `just now`, `5m ago`, `3h ago`, `yesterday 14:02`, `3 Feb`, `3 Feb 2024`; `in 5m` for what comes. */
export function describeTime(atMs: number, nowMs: number): string {
  const agoMs = nowMs - atMs;
  if (agoMs < -MINUTE)
    return agoMs > -HOUR ? `in ${Math.ceil(-agoMs / MINUTE)}m` : `${day.format(atMs)} ${clock.format(atMs)}`;
  if (agoMs < MINUTE) return 'just now';
  if (agoMs < HOUR) return `${Math.floor(agoMs / MINUTE)}m ago`;
  const days = Math.round((midnight(nowMs) - midnight(atMs)) / DAY);
  if (days === 0 || agoMs < 6 * HOUR) return `${Math.floor(agoMs / HOUR)}h ago`;
  if (days === 1) return `yesterday ${clock.format(atMs)}`;
  return new Date(atMs).getFullYear() === new Date(nowMs).getFullYear()
    ? day.format(atMs)
    : dayAndYear.format(atMs);
}

/** Date and time to the second with the zone, for a tooltip. */
export const exactTime = (atMs: number): string => exact.format(atMs);
