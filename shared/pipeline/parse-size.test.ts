import { expect, it } from 'vitest';
import { parseSize } from './parse-size.ts';

it.each([
  ['1Gi', 1_073_741_824],
  ['512Mi', 536_870_912],
  ['1.5kB', 1_500],
  ['2 G', 2_000_000_000],
  ['7', 7],
  [42, 42],
  ['big', null],
  ['-1', null],
  ['1Xi', null],
  [-1, null],
  [Number.NaN, null],
])('reads the size %j as %j bytes', (text, expected) => {
  expect(parseSize(text)).toBe(expected);
});
