import { formatDuration } from '../lib/durations.ts';
import type { PipelineFile } from './schema.ts';

/** Says nothing about runs that start without a person. */
const BY_HAND = 'manual';
/** In a list of names these say neither when nor what, so they start nothing. */
const NEED_MORE = ['schedule', 'watch'];
const DURATIONS = ['every', 'debounce'];

/** The triggers of a file, each as one line: `schedule: 0 3 * * * (Europe/Berlin)`, `push: branches main`. */
export function triggerTexts(on: PipelineFile['on']): string[] {
  if (on === undefined) return [];
  if (typeof on === 'string' || Array.isArray(on)) {
    const names = typeof on === 'string' ? [on] : on;
    return names.filter((name) => name !== BY_HAND && !NEED_MORE.includes(name));
  }
  return Object.entries(on).flatMap(([name, value]) => {
    if (name === BY_HAND) return [];
    // Each time of a schedule is one trigger, so that adding one is one change.
    const parts: readonly unknown[] = name === 'schedule' && Array.isArray(value) ? value : [value];
    return parts.map((part) => {
      const text = describe(part);
      return text === '' ? name : `${name}: ${text}`;
    });
  });
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return value.map(describe).join(', ');
  if (typeof value === 'object' && value !== null) {
    const { cron, timezone, ...rest } = value as Readonly<Record<string, unknown>>;
    const time = cron === undefined ? [] : [`${describe(cron)}${zone(timezone)}`];
    const fields = Object.entries(rest).map(([key, field]) => `${key} ${fieldText(key, field)}`);
    return [...time, ...fields].join('; ');
  }
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

const zone = (timezone: unknown): string => (typeof timezone === 'string' ? ` (${timezone})` : '');

const fieldText = (key: string, field: unknown): string =>
  DURATIONS.includes(key) && typeof field === 'number' ? formatDuration(field) : describe(field);
