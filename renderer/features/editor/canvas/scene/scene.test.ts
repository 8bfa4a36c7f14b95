import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceToLine } from './edge-line.ts';
import { freePlace, Scene } from './scene.ts';
import { boxOf, CARD, type Box, type Point } from './sizes.ts';

const coordinate = fc.integer({ min: -2_000, max: 2_000 });
const point = fc.record({ x: coordinate, y: coordinate });
const places = fc
  .array(point, { maxLength: 40 })
  .map((points) => new Map(points.map((place, index) => [`s${index}`, place])));

const touches = (a: Box, b: Box): boolean =>
  a.left <= b.right && a.right >= b.left && a.top <= b.bottom && a.bottom >= b.top;

/** Each stage needs the one before it. */
const chain = (ids: readonly string[]) => ids.slice(1).map((target, at) => ({ source: ids[at]!, target }));

describe('Scene', () => {
  it('finds the same cards in a box as a look at each of them, in the order of the file', () => {
    fc.assert(
      fc.property(places, point, point, (map, a, b) => {
        const box = {
          left: Math.min(a.x, b.x),
          top: Math.min(a.y, b.y),
          right: Math.max(a.x, b.x),
          bottom: Math.max(a.y, b.y),
        };
        const expected = [...map].filter(([, place]) => touches(boxOf(place), box)).map(([id]) => id);
        expect(new Scene(map, []).stagesIn(box)).toEqual(expected);
      }),
    );
  });

  it('takes the later one of two cards that lie over each other', () => {
    const map = new Map([
      ['under', { x: 0, y: 0 }],
      ['over', { x: 50, y: 20 }],
    ]);
    const scene = new Scene(map, []);
    expect(scene.stageAt({ x: 60, y: 30 })).toBe('over');
    expect(scene.stageAt({ x: 10, y: 10 })).toBe('under');
    expect(scene.stageAt({ x: -10, y: 10 })).toBeNull();
  });

  it('finds the nearest edge within reach, as a look at each of them does', () => {
    fc.assert(
      fc.property(places, point, (map, at) => {
        const scene = new Scene(map, chain([...map.keys()]));
        const distances = scene.edges.map(({ points }) => distanceToLine(at, points));
        const least = Math.min(...distances);
        const found = scene.edgeAt(at, 30);
        if (found === null) expect(least).toBeGreaterThan(29.9);
        else expect(distanceToLine(at, found.points)).toBeCloseTo(least, 3);
      }),
    );
  });

  it('draws an edge as the layout routed it, else in right angles', () => {
    const map = new Map([
      ['a', { x: 0, y: 0 }],
      ['b', { x: 400, y: 100 }],
    ]);
    const points = [
      { x: 200, y: 32 },
      { x: 400, y: 132 },
    ];
    const edge = { source: 'a', target: 'b' };
    expect(new Scene(map, [edge], new Map([['a\nb', { points }]])).edges[0]?.points).toBe(points);
    expect(new Scene(map, [edge]).edges[0]?.points).toHaveLength(4);
  });

  it('knows the edges of a stage, and leaves out those whose ends stand nowhere', () => {
    const scene = new Scene(
      new Map([
        ['a', { x: 0, y: 0 }],
        ['b', { x: 300, y: 0 }],
      ]),
      [
        { source: 'a', target: 'b' },
        { source: 'a', target: 'gone' },
      ],
    );
    expect(scene.edgesOf('a').map(({ target }) => target)).toEqual(['b']);
    expect(scene.edgesOf('gone')).toEqual([]);
  });

  it('is empty without stages', () => {
    const scene = new Scene(new Map(), []);
    expect(scene.bounds).toBeNull();
    expect(scene.stageAt({ x: 0, y: 0 })).toBeNull();
    expect(scene.edgeAt({ x: 0, y: 0 }, 10)).toBeNull();
  });
});

describe('freePlace', () => {
  it('is under no other card, straight below the pointer or at it', () => {
    fc.assert(
      fc.property(places, point, (map, middle: Point) => {
        const place = freePlace(new Scene(map, []), middle);
        expect(place.x).toBe(middle.x - CARD.width / 2);
        expect(place.y).toBeGreaterThanOrEqual(middle.y - CARD.height / 2);
        const { left, top, right, bottom } = boxOf(place);
        const inner = { left: left + 1, top: top + 1, right: right - 1, bottom: bottom - 1 };
        for (const other of map.values()) expect(touches(boxOf(other), inner)).toBe(false);
      }),
    );
  });
});
