import { describe, expect, it } from 'vitest';
import { edgePath } from './edge-path.ts';

describe('edgePath', () => {
  it('is a plain line between two points', () => {
    expect(
      edgePath([
        { x: 0, y: 0 },
        { x: 40, y: 0 },
      ]),
    ).toBe('M0 0L40 0');
  });

  it('rounds a corner by at most half of the shorter side', () => {
    const path = edgePath([
      { x: 0, y: 0 },
      { x: 40, y: 0 },
      { x: 40, y: 6 },
    ]);
    expect(path).toBe('M0 0L37 0Q40 0 40 3L40 6');
  });

  it('is empty without two points', () => {
    expect(edgePath([{ x: 0, y: 0 }])).toBe('');
  });
});
