import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunkedFrom, chunkedGet, chunkedToArray, chunkedWith } from './chunked.ts';
import { type Heap, heapInsert, heapWithoutFirst } from './leftist-heap.ts';

describe('a chunked list', () => {
  it('behaves as an array whose old versions stay', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { minLength: 1, maxLength: 400 }),
        fc.array(fc.tuple(fc.nat(), fc.integer()), { maxLength: 30 }),
        (items, changes) => {
          const first = chunkedFrom(items);
          const expected = [...items];
          let list = first;
          for (const [at, value] of changes) {
            const index = at % items.length;
            expected[index] = value;
            list = chunkedWith(list, index, value);
            expect(chunkedGet(list, index)).toBe(value);
          }
          expect(chunkedToArray(list)).toEqual(expected);
          expect(chunkedToArray(first)).toEqual(items);
        },
      ),
    );
  });

  it('refuses a place outside of it', () => {
    expect(() => chunkedGet(chunkedFrom([1]), 1)).toThrow(RangeError);
    expect(() => chunkedWith(chunkedFrom([1]), 200, 1)).toThrow(RangeError);
  });
});

describe('a leftist heap', () => {
  it('gives back what was put in, highest priority first, then smallest value', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.nat({ max: 50 }))), (entries) => {
        let heap: Heap | null = null;
        for (const [priority, value] of entries) heap = heapInsert(heap, priority, value);
        const taken: [number, number][] = [];
        for (let rest: Heap | null = heap; rest !== null; rest = heapWithoutFirst(rest)) {
          taken.push([rest.priority, rest.value]);
        }
        expect(taken).toEqual([...entries].sort(([p1, v1], [p2, v2]) => p2 - p1 || v1 - v2));
      }),
    );
  });
});
