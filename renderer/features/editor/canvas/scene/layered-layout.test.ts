import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layeredLayout } from './layered-layout.ts';
import { CARD } from './sizes.ts';
import type { Connected } from './stage-graph.ts';

/** Stages that need some of those before them in the file. */
const acyclic: fc.Arbitrary<Connected[]> = fc
  .array(fc.array(fc.nat({ max: 200 }), { maxLength: 3 }), { maxLength: 60 })
  .map((list) =>
    list.map((picks, at) => ({
      id: `s${at}`,
      needs: at === 0 ? [] : [...new Set(picks.map((pick) => `s${pick % at}`))],
    })),
  );

function expectApart(places: ReadonlyMap<string, { x: number; y: number }>): void {
  const list = [...places.values()];
  list.forEach((a, at) => {
    for (const b of list.slice(at + 1)) {
      expect(Math.abs(a.x - b.x) >= CARD.width || Math.abs(a.y - b.y) >= CARD.height).toBe(true);
    }
  });
}

describe('layeredLayout', () => {
  it('puts every stage to the right of what it needs', () => {
    fc.assert(
      fc.property(acyclic, (stages) => {
        const places = layeredLayout(stages);
        expect([...places.keys()].toSorted()).toEqual(stages.map(({ id }) => id).toSorted());
        for (const { id, needs } of stages) {
          for (const need of needs) expect(places.get(need)!.x).toBeLessThan(places.get(id)!.x);
        }
      }),
    );
  });

  it('puts no card over another', () => {
    fc.assert(fc.property(acyclic, (stages) => expectApart(layeredLayout(stages))));
  });

  it('breaks a circle and still puts every stage somewhere', () => {
    const places = layeredLayout([
      { id: 'a', needs: ['c'] },
      { id: 'b', needs: ['a'] },
      { id: 'c', needs: ['b'] },
      { id: 'd', needs: ['d'] },
    ]);
    expect(places.size).toBe(4);
    expectApart(places);
  });

  it('answers the same each time, and begins at the upper edge', () => {
    const stages = Array.from({ length: 300 }, (_, at) => ({
      id: `s${at}`,
      needs: at < 20 ? [] : [`s${(at * 7) % at}`],
    }));
    const places = layeredLayout(stages);
    expect(layeredLayout(stages)).toEqual(places);
    expect(Math.min(...[...places.values()].map(({ y }) => y))).toBe(0);
  });

  it('breaks a column up that would be very tall', () => {
    const places = layeredLayout(Array.from({ length: 400 }, (_, at) => ({ id: `s${at}`, needs: [] })));
    const heights = [...places.values()].map(({ y }) => y);
    expect(new Set([...places.values()].map(({ x }) => x)).size).toBeGreaterThan(5);
    expect(Math.max(...heights)).toBeLessThan(4_000);
  });

  it('keeps a chain on one height', () => {
    const chain = Array.from({ length: 30 }, (_, at) => ({
      id: `s${at}`,
      needs: at === 0 ? [] : [`s${at - 1}`],
    }));
    expect(new Set([...layeredLayout(chain).values()].map(({ y }) => y))).toEqual(new Set([0]));
  });
});
