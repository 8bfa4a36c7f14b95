import { formatDuration } from '#shared/lib/durations.ts';
import { formatSize } from '#shared/lib/sizes.ts';
import type { MetricUnit } from '#shared/reports/metrics.ts';
import { percentWords } from './percent.ts';

/** `1.2 MB`, `3m 4s`, `87.2%`, `1,204`. */
export function metricValue(value: number, unit: MetricUnit): string {
  switch (unit) {
    case 'ms':
      return formatDuration(value);
    case 'bytes':
      return formatSize(value);
    case 'percent':
      return percentWords(value);
    case 'ratio':
      return String(round(value, 3));
    case 'count':
      return round(value, 2).toLocaleString('en');
  }
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
