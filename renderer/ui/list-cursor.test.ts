import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moveCursor } from './list-cursor.ts';

describe('moveCursor', () => {
  it.each([
    ['j', 0, 1],
    ['ArrowDown', 9, 9],
    ['k', 3, 2],
    ['ArrowUp', 0, 0],
    ['PageDown', 2, 6],
    ['PageUp', 2, 0],
    ['Home', 7, 0],
    ['End', 1, 9],
  ])('%s takes the cursor from %i to %i of 10', (key, from, to) => {
    expect(moveCursor(key, from, 10, 4)).toBe(to);
  });

  it('enters at the end that the key comes from', () => {
    expect(moveCursor('j', -1, 10, 4)).toBe(0);
    expect(moveCursor('k', -1, 10, 4)).toBe(9);
  });

  it('moves for no other key and in no empty list', () => {
    expect(moveCursor('x', 3, 10, 4)).toBeNull();
    expect(moveCursor('j', -1, 0, 4)).toBeNull();
  });

  it('never leaves the list', () => {
    const keys = fc.constantFrom('j', 'k', 'PageUp', 'PageDown', 'Home', 'End');
    fc.assert(
      fc.property(keys, fc.integer({ min: 1, max: 50 }), fc.nat(60), fc.nat(99), (key, count, from, page) => {
        const index = moveCursor(key, Math.min(from, count) - 1, count, page)!;
        expect(index).toBeGreaterThanOrEqual(0);
        expect(index).toBeLessThan(count);
      }),
    );
  });
});
