import { describe, expect, it } from 'vitest';
import { pickLine } from './line-range.ts';

describe('pickLine', () => {
  it('selects one line and clears it with a second click', () => {
    expect(pickLine(null, 4, false)).toEqual({ from: 4, to: 4 });
    expect(pickLine({ from: 4, to: 4 }, 4, false)).toBeNull();
    expect(pickLine({ from: 4, to: 9 }, 6, false)).toEqual({ from: 6, to: 6 });
  });

  it('extends in both directions and makes shorter again', () => {
    expect(pickLine({ from: 4, to: 4 }, 9, true)).toEqual({ from: 4, to: 9 });
    expect(pickLine({ from: 4, to: 9 }, 6, true)).toEqual({ from: 4, to: 6 });
    expect(pickLine({ from: 4, to: 9 }, 2, true)).toEqual({ from: 2, to: 9 });
  });
});
