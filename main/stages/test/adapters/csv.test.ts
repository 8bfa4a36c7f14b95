import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readCsv } from './csv.ts';

it('reads what was written as CSV, whatever stands in it', () => {
  const field = fc.string({ minLength: 1, unit: fc.constantFrom('a', '"', ',', '\n', ' ', "'") });
  const write = (rows: readonly (readonly string[])[]): string =>
    rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')).join('\n');
  fc.assert(
    fc.property(fc.array(fc.array(field, { minLength: 2, maxLength: 4 })), (rows) => {
      expect(readCsv(write(rows))).toEqual(rows);
    }),
  );
});

it('reads fields without quotes and skips empty lines', () => {
  expect(readCsv('1,2,"a, b"\r\n\r\n3,,x\n')).toEqual([
    ['1', '2', 'a, b'],
    ['3', '', 'x'],
  ]);
});
