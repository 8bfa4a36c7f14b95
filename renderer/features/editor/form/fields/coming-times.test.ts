import { expect, it } from 'vitest';
import { comingTimes } from './coming-times.ts';

/** In the zone of the machine, as the words are. */
const at = (day: number, hour: number): number => new Date(2026, 10, day, hour).getTime();

it('says the next three times as days and clock times', () => {
  const words = comingTimes([at(23, 9), at(23, 15), at(24, 3), at(26, 3), at(27, 3)], at(23, 12));
  expect(words).toHaveLength(3);
  expect(words[0]).toMatch(/^today .*3/);
  expect(words[1]).toMatch(/^tomorrow .*3/);
  expect(words[2]).toMatch(/26/);
});

it('says nothing of times that went by', () => {
  expect(comingTimes([at(22, 9)], at(23, 12))).toEqual([]);
});
