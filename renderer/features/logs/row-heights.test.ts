import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RowHeights } from './row-heights.ts';

describe('RowHeights', () => {
  it('takes lines that were not measured for one row each', () => {
    const heights = new RowHeights(18);
    expect(heights.topOf(1)).toBe(0);
    expect(heights.topOf(2_000_001)).toBe(36_000_000);
    expect(heights.lineAt(18 * 1_500_000 + 5, 2_000_000)).toBe(1_500_001);
  });

  it('agrees with adding up the rows one by one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 1, max: 9 })), {
          maxLength: 60,
        }),
        fc.integer({ min: 1, max: 3_000 }),
        (measured, line) => {
          const heights = new RowHeights(10);
          const rows = new Map<number, number>();
          for (const [at, count] of measured) {
            heights.set(at, count);
            rows.set(at, count);
          }
          let top = 0;
          for (let at = 1; at < line; at += 1) top += 10 * (rows.get(at) ?? 1);
          expect(heights.topOf(line)).toBe(top);
          const height = 10 * (rows.get(line) ?? 1);
          expect(heights.lineAt(top, 3_000)).toBe(line);
          expect(heights.lineAt(top + height - 1, 3_000)).toBe(line);
        },
      ),
    );
  });

  it('says whether a measure was news', () => {
    const heights = new RowHeights(10);
    expect(heights.set(3, 1)).toBe(false);
    expect(heights.set(3, 4)).toBe(true);
    expect(heights.set(3, 4)).toBe(false);
    expect(heights.set(3, 1)).toBe(true);
  });
});
