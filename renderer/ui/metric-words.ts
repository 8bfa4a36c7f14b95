import type { MetricSeries } from '#shared/api/report-schemas.ts';
import { metricValue } from './metric-value.ts';

export interface MetricChange {
  /** `+1.2 MB`, `−3%`. */
  readonly words: string;
  readonly way: 'better' | 'worse' | 'neither';
}

/** From one value to the next; null when nothing changed. */
export function metricChange(
  before: number,
  after: number,
  { unit, better }: Pick<MetricSeries, 'unit' | 'better'>,
): MetricChange | null {
  if (before === after) return null;
  const isMore = after > before;
  const amount = Math.abs(after - before);
  const shown = unit === 'percent' ? `${Number(amount.toFixed(1))} points` : metricValue(amount, unit);
  const words = `${isMore ? '+' : '−'}${shown}`;
  if (better === null) return { words, way: 'neither' };
  return { words, way: isMore === (better === 'higher') ? 'better' : 'worse' };
}

/** `bundle.gzip-bytes` -> `Bundle gzip`: the value says its unit. */
export function metricTitle(name: string): string {
  const words = name.replace(/[.\-_](ms|bytes|pct|percent)$/, '').replaceAll(/[.\-_]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
