import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaPx, MAX_AREA_PX, positionAt, scrolledTo, type ScrollPosition } from './scroll-window.ts';

const small = { contentPx: 50_000, viewPx: 600 };
const huge = { contentPx: 40_000_000, viewPx: 600 };

describe('scrolledTo', () => {
  it('is plain scrolling while the content fits into an element', () => {
    expect(scrolledTo(small, { topPx: 0, scrollTop: 0 }, 333)).toEqual({ topPx: 333, scrollTop: 333 });
    expect(areaPx(small)).toBe(50_000);
  });

  it('moves a huge content by as many pixels as the wheel did', () => {
    const start = positionAt(huge, 20_000_000);
    const next = scrolledTo(huge, start, start.scrollTop + 120);
    expect(next.topPx).toBe(20_000_120);
  });

  it('takes a drag of the thumb for a place in proportion', () => {
    const next = scrolledTo(huge, { topPx: 0, scrollTop: 0 }, (MAX_AREA_PX - 600) / 2);
    expect(next.topPx).toBeCloseTo((40_000_000 - 600) / 2);
  });

  it('reaches the first and the last pixel by jumps', () => {
    const end = scrolledTo(huge, { topPx: 0, scrollTop: 0 }, MAX_AREA_PX - 600);
    expect(end.topPx).toBe(40_000_000 - 600);
    expect(scrolledTo(huge, end, 0).topPx).toBe(0);
  });

  it('never leaves the content nor runs the area out, whatever the steps', () => {
    fc.assert(
      fc.property(
        fc.nat(huge.contentPx),
        fc.array(fc.integer({ min: -1_500, max: 1_500 }), { maxLength: 300 }),
        (start, steps) => {
          let position: ScrollPosition = positionAt(huge, start);
          for (const step of steps) {
            // The element itself stops at its ends.
            const scrollTop = Math.min(MAX_AREA_PX - 600, Math.max(0, position.scrollTop + step));
            const moved = scrollTop - position.scrollTop;
            const next = scrolledTo(huge, position, scrollTop);
            expect(next.topPx).toBe(Math.min(huge.contentPx - 600, Math.max(0, position.topPx + moved)));
            if (next.topPx > 0) expect(next.scrollTop).toBeGreaterThan(0);
            if (next.topPx < huge.contentPx - 600) expect(next.scrollTop).toBeLessThan(MAX_AREA_PX - 600);
            position = next;
          }
        },
      ),
    );
  });
});
