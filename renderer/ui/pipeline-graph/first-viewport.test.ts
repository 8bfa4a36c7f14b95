import { describe, expect, it } from 'vitest';
import { firstViewport, fitsRoom } from './first-viewport.ts';

const room = { width: 864, height: 464 };

describe('fitsRoom', () => {
  it('tells a graph that is seen whole from one that is not', () => {
    expect(fitsRoom({ width: 1_000, height: 200 }, room)).toBe(true);
    expect(fitsRoom({ width: 9_000, height: 200 }, room)).toBe(false);
  });
});

describe('firstViewport', () => {
  it('centres a small graph at its own size', () => {
    expect(firstViewport({ width: 400, height: 200 }, room)).toEqual({ x: 232, y: 132, zoom: 1 });
  });

  it('makes a graph smaller until it fits', () => {
    expect(firstViewport({ width: 1_000, height: 200 }, room)).toEqual({ x: 24, y: 150, zoom: 0.816 });
  });

  it('starts at the beginning of a graph that could not be read as a whole', () => {
    expect(firstViewport({ width: 9_000, height: 6_000 }, room)).toEqual({ x: 24, y: 24, zoom: 0.6 });
  });

  it('goes as far as names that grow from afar can be read', () => {
    const graph = { width: 1_632, height: 200 };
    expect(firstViewport(graph, room).zoom).toBe(0.6);
    expect(firstViewport(graph, room, 0.4)).toEqual({ x: 24, y: 182, zoom: 0.5 });
  });
});
