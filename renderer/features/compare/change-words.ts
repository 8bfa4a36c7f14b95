import { formatDuration } from '#shared/lib/durations.ts';
import { formatSize } from '#shared/lib/sizes.ts';

/** A value in both runs; null: it is not there. */
export interface Change<Value> {
  readonly before: Value | null;
  readonly after: Value | null;
}

export const hasChanged = <Value>({ before, after }: Change<Value>): boolean => before !== after;

/** `+12s`, `−3.1 MB`; '' where nothing changed or one of the two is missing. */
export function deltaWords({ before, after }: Change<number>, format: (value: number) => string): string {
  if (before === null || after === null || before === after) return '';
  return `${after > before ? '+' : '−'}${format(Math.abs(after - before))}`;
}

export const durationWords = (value: number): string => formatDuration(value);
export const sizeWords = (value: number): string => formatSize(value);
export const pointWords = (value: number): string => `${Number(value.toFixed(1))} points`;
export const countWords = (value: number): string => value.toLocaleString('en');
