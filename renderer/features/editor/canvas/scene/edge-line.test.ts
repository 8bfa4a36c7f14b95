import { describe, expect, it } from 'vitest';
import { distanceToLine, edgeLine, lineBox, middleOf, stepLine } from './edge-line.ts';

const isRightAngled = (points: readonly { x: number; y: number }[]): boolean =>
  points.slice(1).every(({ x, y }, at) => x === points[at]!.x || y === points[at]!.y);

describe('edgeLine', () => {
  it('leaves a card at the middle of its right side and arrives at the left of the next', () => {
    const line = edgeLine({ x: 0, y: 0 }, { x: 300, y: 100 });
    expect(line[0]).toEqual({ x: 200, y: 32 });
    expect(line.at(-1)).toEqual({ x: 300, y: 132 });
  });

  it('is straight between cards of one height', () => {
    expect(edgeLine({ x: 0, y: 0 }, { x: 300, y: 0 })).toHaveLength(2);
  });

  it('has right angles only, also on a way back', () => {
    for (const end of [
      { x: 400, y: 300 },
      { x: -400, y: 300 },
      { x: -400, y: 10 },
      { x: 215, y: -90 },
    ]) {
      expect(isRightAngled(edgeLine({ x: 0, y: 0 }, end))).toBe(true);
    }
  });

  it('goes around cards that stand side by side the wrong way round', () => {
    const line = edgeLine({ x: 300, y: 0 }, { x: 0, y: 0 });
    expect(Math.max(...line.map(({ y }) => y))).toBeGreaterThan(64);
  });
});

describe('distanceToLine', () => {
  const line = stepLine({ x: 0, y: 0 }, { x: 100, y: 50 });

  it('is nothing on the line and the way to its nearest part beside it', () => {
    expect(distanceToLine({ x: 40, y: 0 }, line)).toBe(0);
    expect(distanceToLine({ x: 40, y: -7 }, line)).toBe(7);
    expect(distanceToLine({ x: -3, y: -4 }, line)).toBe(5);
  });
});

describe('middleOf', () => {
  it('lies half way along the line', () => {
    expect(
      middleOf([
        { x: 0, y: 0 },
        { x: 60, y: 0 },
        { x: 60, y: 40 },
      ]),
    ).toEqual({ x: 50, y: 0 });
    expect(middleOf([])).toEqual({ x: 0, y: 0 });
  });
});

describe('lineBox', () => {
  it('holds all points', () => {
    expect(
      lineBox([
        { x: 5, y: 9 },
        { x: -1, y: 3 },
      ]),
    ).toEqual({ left: -1, top: 3, right: 5, bottom: 9 });
  });
});
