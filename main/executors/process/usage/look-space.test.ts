import { describe, expect, it } from 'vitest';
import { LINUX_SPACE, PS_SPACE } from './look-space.ts';

describe('the time between looks', () => {
  it('gets longer with the age of what is looked at', () => {
    expect([0, 2_000, 60_000].map((ageMs) => LINUX_SPACE.plainMs(ageMs))).toEqual([250, 500, 2_000]);
  });

  it('is short near a limit, and longer where nothing grows', () => {
    expect(LINUX_SPACE.limitedMs(0, 0)).toBe(400);
    expect(LINUX_SPACE.limitedMs(0.5, 0)).toBe(200);
    expect(LINUX_SPACE.limitedMs(0.95, 0)).toBe(100);
    expect(LINUX_SPACE.limitedMs(3, 0)).toBe(100);
  });

  it('is short while it grows so fast that a limit is near, however little there is yet', () => {
    const perSecond = (share: number): number => share / 1_000;
    expect(LINUX_SPACE.limitedMs(0.1, perSecond(2))).toBeCloseTo(112.5);
    expect(LINUX_SPACE.limitedMs(0.1, perSecond(0.01))).toBe(360);
    expect(LINUX_SPACE.limitedMs(0.1, perSecond(-1))).toBe(360);
  });

  it('is never so short that ps would be asked all the time', () => {
    expect(PS_SPACE.limitedMs(1, 1)).toBe(500);
  });
});
