import { describe, expect, it } from 'vitest';
import { describeTime } from './describe-time.ts';

const at = (day: number, hour: number, minute = 0, year = 2026): number =>
  new Date(year, 2, day, hour, minute).getTime();
const now = at(20, 15);

describe('describeTime', () => {
  it.each([
    [now - 20_000, 'just now'],
    [now + 20_000, 'just now'],
    [now - 5 * 60_000, '5m ago'],
    [at(20, 9), '6h ago'],
    [now + 4.5 * 60_000, 'in 5m'],
  ])('says how long ago %i was', (time, words) => {
    expect(describeTime(time, now)).toBe(words);
  });

  it('counts hours across midnight while the night is young', () => {
    expect(describeTime(at(19, 23), at(20, 1))).toBe('2h ago');
  });

  it('names yesterday with its hour, whatever the number of hours', () => {
    expect(describeTime(at(19, 8), now)).toMatch(/^yesterday .*8/);
  });

  it('gives the date for what is older, with the year when it is another one', () => {
    expect(describeTime(at(3, 8), now)).not.toMatch(/2026/);
    expect(describeTime(at(3, 8, 0, 2024), now)).toMatch(/2024/);
  });
});
