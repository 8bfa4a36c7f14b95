import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseSeconds } from './seconds.ts';

test.each([
  ['0.012', 12],
  ['1,234.5', 1_234_500],
  ['1,234,567.25', 1_234_567_250],
  ['1.234,5', 1_234_500],
  ['0,012', 12],
  ['1e-05', 0.01],
  ['.5', 500],
  ['7', 7_000],
  [' 3. ', 3_000],
])('%s seconds are %d ms', (text, ms) => {
  expect(parseSeconds(text)).toBe(ms);
});

test.each([null, '', 'soon', '-1', 'NaN', 'Infinity', '1e999', '0x10', '1:30'])('%s is no time', (text) => {
  expect(parseSeconds(text)).toBeNull();
});

test('every duration survives the way tools write it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000 }), (ms) => {
      expect(parseSeconds((ms / 1_000).toFixed(3))).toBe(ms);
      const grouped = (ms / 1_000).toLocaleString('en', { minimumFractionDigits: 3 });
      expect(parseSeconds(grouped)).toBe(ms);
    }),
  );
});
