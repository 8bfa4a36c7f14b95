import { isMapping } from '../field-place.ts';
import { textOf } from '../field-text.ts';

/** The keys that name a thing, those first that say most. */
const NAMING = ['name', 'id', 'run', 'uses', 'key', 'cron', 'image', 'group'] as const;

/** What an item of a list is called in its head: what names it, or what it is about; null when nothing does. */
export function itemWords(value: unknown): string | null {
  if (typeof value === 'string') return firstLine(value);
  if (!isMapping(value)) return null;
  const key = NAMING.find((name) => typeof value[name] === 'string' && value[name] !== '');
  if (key !== undefined) return firstLine(String(value[key]));
  const keys = Object.keys(value).filter((name) => value[name] !== null);
  if (keys.length === 0) return null;
  return keys
    .map((name) => (typeof value[name] === 'object' ? name : `${name} ${textOf(value[name])}`))
    .join(', ');
}

const firstLine = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '') ?? text;
