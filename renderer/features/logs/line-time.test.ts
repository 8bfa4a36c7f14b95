import { describe, expect, it } from 'vitest';
import { lineTime } from './line-time.ts';

const start = Date.UTC(2026, 0, 1);
const after = (ms: number): string => lineTime(new Date(start + ms).toISOString(), start, 'relative');

describe('lineTime', () => {
  it('counts from the start, in hundredths', () => {
    expect(after(40)).toBe('+0.04');
    expect(after(83_450)).toBe('+1:23.45');
    expect(after(3_723_450)).toBe('+1:02:03.45');
  });

  it('never counts backwards when clocks disagree', () => {
    expect(after(-500)).toBe('+0.00');
  });

  it('shows the clock of this place', () => {
    expect(lineTime('2026-01-01T10:00:00.123Z', start, 'absolute')).toMatch(/^\d\d:\d\d:00\.123$/);
  });
});
