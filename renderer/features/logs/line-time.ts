export type TimestampMode = 'none' | 'relative' | 'absolute';

const pad = (value: number, digits: number): string => String(value).padStart(digits, '0');

/** When a line was written: the clock's time, or seconds since the start: `+0.04`, `+1:23.45`, `+1:02:03.45`. */
export function lineTime(at: string, startMs: number, mode: Exclude<TimestampMode, 'none'>): string {
  const time = new Date(at);
  if (mode === 'absolute') {
    const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map((part) => pad(part, 2));
    return `${clock.join(':')}.${pad(time.getMilliseconds(), 3)}`;
  }
  const hundredths = Math.max(0, Math.round((time.getTime() - startMs) / 10));
  const seconds = Math.floor(hundredths / 100);
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const rest = `${pad(seconds % 60, seconds < 60 ? 1 : 2)}.${pad(hundredths % 100, 2)}`;
  if (seconds < 60) return `+${rest}`;
  return hours > 0 ? `+${hours}:${pad(minutes, 2)}:${rest}` : `+${minutes}:${rest}`;
}
