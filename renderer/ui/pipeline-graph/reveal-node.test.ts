import { describe, expect, it } from 'vitest';
import { revealNode } from './reveal-node.ts';

const room = { width: 800, height: 400 };

describe('revealNode', () => {
  it('moves nothing for a node in sight', () => {
    expect(revealNode({ x: 100, y: 100 }, { x: 0, y: 0, zoom: 1 }, room)).toBeNull();
  });

  it('moves by no more than is needed', () => {
    expect(revealNode({ x: 700, y: 100 }, { x: 0, y: 0, zoom: 1 }, room)).toEqual({ x: -76, y: 0, zoom: 1 });
    expect(revealNode({ x: 0, y: 0 }, { x: -50, y: -10, zoom: 1 }, room)).toEqual({ x: 24, y: 24, zoom: 1 });
  });
});
