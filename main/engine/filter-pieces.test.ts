import fc from 'fast-check';
import { expect, it } from 'vitest';
import { filterPieces } from './filter-pieces.ts';

function filtered(text: string, cuts: readonly number[], filter: (piece: string) => string | null): string {
  const bytes = Buffer.from(text);
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  const pieces = filterPieces(filter);
  let out = '';
  let from = 0;
  for (const cut of [...places, bytes.length]) {
    out += pieces.write(bytes.subarray(from, cut));
    from = cut;
  }
  return out + pieces.end();
}

const text = fc.array(fc.constantFrom('a', 'ü', '\r', '\n', '\r\n', '50%'), { maxLength: 20 });

it('parts output at line ends and carriage returns, however it is cut', () => {
  fc.assert(
    fc.property(text, fc.array(fc.nat()), (parts, cuts) => {
      const whole = parts.join('');
      const seen: string[] = [];
      filtered(whole, cuts, (piece) => {
        seen.push(piece);
        return null;
      });
      const expected = whole.split(/\r\n|\n|\r/);
      if (expected.at(-1) === '') expected.pop();
      expect(seen).toEqual(expected);
    }),
  );
});

it('logs what the filter answers and nothing of what it drops', () => {
  const filter = (piece: string): string | null => (piece.endsWith('%') ? null : piece.toUpperCase());
  expect(filtered('begin\n 1%\r 2%\r done\nlast', [3, 9], filter)).toBe('BEGIN\n DONE\nLAST\n');
});
