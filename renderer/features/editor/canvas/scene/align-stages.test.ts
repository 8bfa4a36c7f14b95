import { describe, expect, it } from 'vitest';
import { ALIGNMENTS, alignStages, distributeStages } from './align-stages.ts';
import { boundsOf, snapPoint } from './sizes.ts';

const places = new Map([
  ['a', { x: 0, y: 0 }],
  ['b', { x: 310, y: 100 }],
  ['c', { x: 100, y: 330 }],
]);

describe('alignStages', () => {
  it('brings the cards onto one line', () => {
    expect(alignStages(places, 'left')).toEqual({
      a: { x: 0, y: 0 },
      b: { x: 0, y: 100 },
      c: { x: 0, y: 330 },
    });
    expect(alignStages(places, 'right')['a']).toEqual({ x: 310, y: 0 });
    expect(alignStages(places, 'centre')['a']).toEqual({ x: 155, y: 0 });
    expect(alignStages(places, 'bottom')['a']).toEqual({ x: 0, y: 330 });
    expect(alignStages(places, 'middle')['b']).toEqual({ x: 310, y: 165 });
  });

  it('never leaves the box that the cards were in', () => {
    const before = boundsOf(places.values())!;
    for (const alignment of ALIGNMENTS) {
      const after = boundsOf(Object.values(alignStages(places, alignment)))!;
      expect(after.left).toBeGreaterThanOrEqual(before.left);
      expect(after.bottom).toBeLessThanOrEqual(before.bottom);
    }
  });

  it('has nothing to say of no cards', () => {
    expect(alignStages(new Map(), 'left')).toEqual({});
  });
});

describe('distributeStages', () => {
  it('makes the distances alike and leaves the outermost where they are', () => {
    const spread = distributeStages(places, 'x');
    expect(spread).toEqual({ a: { x: 0, y: 0 }, c: { x: 155, y: 330 }, b: { x: 310, y: 100 } });
  });

  it('leaves two where they are', () => {
    const two = new Map([...places].slice(0, 2));
    expect(distributeStages(two, 'y')).toEqual(Object.fromEntries(two));
  });
});

describe('snapPoint', () => {
  it('goes to the nearest point of the grid, or stays', () => {
    expect(snapPoint({ x: 11, y: -3 }, true)).toEqual({ x: 8, y: -0 });
    expect(snapPoint({ x: 11, y: -3 }, false)).toEqual({ x: 11, y: -3 });
  });
});
