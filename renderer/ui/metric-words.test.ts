import { expect, it } from 'vitest';
import { metricValue } from './metric-value.ts';
import { metricChange, metricTitle } from './metric-words.ts';

it('says a figure in its unit', () => {
  expect(metricValue(1_500, 'count')).toBe('1,500');
  expect(metricValue(87.249, 'percent')).toBe('87.2%');
  // Rounded down, as everywhere else.
  expect(metricValue(90.48, 'percent')).toBe('90.4%');
  expect(metricValue(0.12345, 'ratio')).toBe('0.123');
  expect(metricValue(61_000, 'ms')).toBe('1m 1s');
});

it('says which way a change goes, and whether that is good', () => {
  expect(metricChange(10, 12, { unit: 'count', better: 'lower' })).toEqual({ words: '+2', way: 'worse' });
  expect(metricChange(80, 82.5, { unit: 'percent', better: 'higher' })).toEqual({
    words: '+2.5 points',
    way: 'better',
  });
  expect(metricChange(3, 2, { unit: 'count', better: null })).toEqual({ words: '−1', way: 'neither' });
  expect(metricChange(3, 3, { unit: 'count', better: 'lower' })).toBeNull();
});

it('makes words of a name', () => {
  expect(metricTitle('bundle.gzip-bytes')).toBe('Bundle gzip');
});
