import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settlePlaces } from './settle-places.ts';
import { CARD, type Point } from './sizes.ts';

const point = fc.record({ x: fc.integer({ min: -500, max: 500 }), y: fc.integer({ min: -500, max: 500 }) });
const overlap = (a: Point, b: Point): boolean =>
  Math.abs(a.x - b.x) < CARD.width && Math.abs(a.y - b.y) < CARD.height;

describe('settlePlaces', () => {
  it('leaves a layout that no hand has touched as it is', () => {
    const laidOut = new Map([
      ['a', { x: 0, y: 0 }],
      ['b', { x: 256, y: 0 }],
    ]);
    expect(settlePlaces(['a', 'b'], laidOut, {})).toEqual(laidOut);
  });

  it('never moves what a hand has put somewhere, and moves the others out from under it', () => {
    fc.assert(
      fc.property(
        fc.array(point, { maxLength: 12 }),
        fc.array(point, { minLength: 1, maxLength: 6 }),
        (laid, hand) => {
          const ids = [...laid.map((_, at) => `l${at}`), ...hand.map((_, at) => `h${at}`)];
          const laidOut = new Map(laid.map((place, at) => [`l${at}`, place]));
          const byHand = Object.fromEntries(hand.map((place, at) => [`h${at}`, place]));
          const settled = settlePlaces(ids, laidOut, byHand);
          for (const [id, place] of Object.entries(byHand)) expect(settled.get(id)).toEqual(place);
          for (const [at, id] of [...laidOut.keys()].entries()) {
            expect(settled.get(id)!.x).toBe(laid[at]!.x);
            for (const other of ids) {
              if (other !== id) expect(overlap(settled.get(id)!, settled.get(other)!)).toBe(false);
            }
          }
        },
      ),
    );
  });

  it('keeps the order of the file, and leaves out what stands nowhere', () => {
    const laidOut = new Map([
      ['a', { x: 0, y: 0 }],
      ['c', { x: 0, y: 90 }],
    ]);
    expect([...settlePlaces(['c', 'b', 'a'], laidOut, {}).keys()]).toEqual(['c', 'a']);
  });
});
