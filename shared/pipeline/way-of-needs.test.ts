import { describe, expect, it } from 'vitest';
import { wayOfNeeds } from './way-of-needs.ts';

const needs: Readonly<Record<string, readonly string[]>> = {
  d: ['c', 'b'],
  c: ['b'],
  b: ['a'],
  a: [],
  loop: ['pool'],
  pool: ['loop'],
};
const needsOf = (id: string): readonly string[] => needs[id] ?? [];

describe('wayOfNeeds', () => {
  it('goes by the fewest stages', () => {
    expect(wayOfNeeds(needsOf, 'd', 'a')).toEqual(['d', 'b', 'a']);
    expect(wayOfNeeds(needsOf, 'b', 'b')).toEqual(['b']);
  });

  it('finds none against the direction, nor to a stage that is not there', () => {
    expect(wayOfNeeds(needsOf, 'a', 'd')).toBeNull();
    expect(wayOfNeeds(needsOf, 'd', 'nothing')).toBeNull();
  });

  it('ends where stages need each other', () => {
    expect(wayOfNeeds(needsOf, 'loop', 'a')).toBeNull();
    expect(wayOfNeeds(needsOf, 'loop', 'pool')).toEqual(['loop', 'pool']);
  });
});
