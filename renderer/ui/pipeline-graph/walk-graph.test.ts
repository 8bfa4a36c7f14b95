import { describe, expect, it } from 'vitest';
import type { GraphLayout } from './layout-graph.ts';
import { walkGraph } from './walk-graph.ts';

const edge = (source: string, target: string) => ({ id: `${source}-${target}`, source, target, points: [] });

// a -> b (above), a -> c (below), c -> d
const layout: GraphLayout = {
  width: 600,
  height: 200,
  nodes: new Map([
    ['a', { x: 0, y: 60 }],
    ['b', { x: 200, y: 0 }],
    ['c', { x: 200, y: 100 }],
    ['d', { x: 400, y: 100 }],
  ]),
  edges: [edge('a', 'b'), edge('a', 'c'), edge('c', 'd')],
};

describe('walkGraph', () => {
  it('begins at the left when nothing is selected', () => {
    expect(walkGraph(layout, null, 'ArrowDown')).toBe('a');
    expect(walkGraph(layout, 'gone', 'ArrowDown')).toBe('a');
  });

  it('follows edges to the right and back, to the end nearest in height', () => {
    expect(walkGraph(layout, 'a', 'ArrowRight')).toBe('c');
    expect(walkGraph(layout, 'd', 'ArrowLeft')).toBe('c');
  });

  it('goes up and down within a column', () => {
    expect(walkGraph(layout, 'b', 'ArrowDown')).toBe('c');
    expect(walkGraph(layout, 'c', 'ArrowUp')).toBe('b');
  });

  it('stays where nothing is in that direction', () => {
    expect(walkGraph(layout, 'a', 'ArrowLeft')).toBeNull();
    expect(walkGraph(layout, 'b', 'ArrowUp')).toBeNull();
  });
});
