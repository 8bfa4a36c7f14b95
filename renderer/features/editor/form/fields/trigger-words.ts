import { isMapping } from '../field-place.ts';
import { textOf } from '../field-text.ts';

/** What a folded trigger says of itself: its times, its globs, or what it asks for; null when it takes everything. */
export function triggerWords(value: unknown): string | null {
  const words = wordsOf(value);
  return words === '' ? null : words;
}

function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return (value as readonly unknown[]).map(wordsOf).join(', ');
  if (!isMapping(value)) return textOf(value);
  const { cron, timezone, paths, ...others } = value;
  const filters = Object.entries({ ...others, ...(cron === undefined ? { paths } : {}) });
  return [
    ...(cron === undefined ? [] : [textOf(cron)]),
    ...(timezone === undefined ? [] : [`(${textOf(timezone)})`]),
    ...filters
      .filter(([, filter]) => filter !== undefined)
      .map(([key, filter]) => `${key} ${wordsOf(filter)}`),
  ].join(' ');
}
