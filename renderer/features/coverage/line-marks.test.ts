import { describe, expect, it } from 'vitest';
import { lineMarks, stepBlock, uncoveredBlocks } from './line-marks.ts';

describe('lineMarks', () => {
  it('tells hits and changes, in the order of the lines', () => {
    expect(
      lineMarks(
        [
          [2, 0],
          [5, 12],
        ],
        [5, 3],
      ),
    ).toEqual([
      { line: 2, ground: 'uncovered', note: '0×' },
      { line: 3, ground: null, isChanged: true },
      { line: 5, ground: 'covered', note: '12×', isChanged: true },
    ]);
  });
});

describe('uncoveredBlocks', () => {
  it('joins lines with nothing that ran between them', () => {
    expect(
      uncoveredBlocks([
        [1, 0],
        [4, 0],
        [5, 1],
        [9, 0],
      ]),
    ).toEqual([
      { from: 1, to: 4 },
      { from: 9, to: 9 },
    ]);
    expect(uncoveredBlocks([[1, 2]])).toEqual([]);
  });
});

describe('stepBlock', () => {
  it('goes around at the ends', () => {
    expect([stepBlock(2, null, 1), stepBlock(2, null, -1), stepBlock(2, 1, 1), stepBlock(2, 0, -1)]).toEqual([
      0, 1, 0, 1,
    ]);
    expect(stepBlock(0, null, 1)).toBeNull();
  });
});
