import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { between, pan, share, ticks, zoom } from './time-scale.ts';

const whole = { fromMs: 0, toMs: 100_000 };

describe('ticks', () => {
  it('marks round times', () => {
    expect(ticks({ fromMs: 0, toMs: 40_000 }, 5)).toEqual([0, 10_000, 20_000, 30_000, 40_000]);
    expect(ticks({ fromMs: 1_100, toMs: 1_900 }, 4)).toEqual([1_200, 1_400, 1_600, 1_800]);
  });

  it('never marks more than asked for, and one at most besides', () => {
    fc.assert(
      fc.property(
        fc.nat(1e9),
        fc.integer({ min: 1, max: 1e9 }),
        fc.integer({ min: 1, max: 20 }),
        (from, length, most) => {
          expect(ticks({ fromMs: from, toMs: from + length }, most).length).toBeLessThanOrEqual(most + 1);
        },
      ),
    );
  });
});

describe('zoom', () => {
  it('keeps the point under the pointer in place', () => {
    const closer = zoom(whole, whole, 0.5, 0.25);
    expect(share(25_000, closer)).toBeCloseTo(0.25);
    expect(closer.toMs - closer.fromMs).toBe(50_000);
  });

  it('never shows more than the whole', () => {
    expect(zoom({ fromMs: 10_000, toMs: 90_000 }, whole, 4, 0.5)).toEqual(whole);
  });
});

describe('pan', () => {
  it('stops at the ends', () => {
    const range = { fromMs: 80_000, toMs: 90_000 };
    expect(pan(range, whole, 0.5)).toEqual({ fromMs: 85_000, toMs: 95_000 });
    expect(pan(range, whole, 9)).toEqual({ fromMs: 90_000, toMs: 100_000 });
  });
});

describe('between', () => {
  it('takes two points in either order', () => {
    expect(between(whole, whole, 0.4, 0.2)).toEqual({ fromMs: 20_000, toMs: 40_000 });
  });
});
