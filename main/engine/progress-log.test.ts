import fc from 'fast-check';
import { expect, it } from 'vitest';
import { followProgress } from './progress-log.ts';

/** What is found in bytes that come in pieces, and what the log got. */
function followed(bytes: Buffer, cuts: readonly number[] = []) {
  const done: number[] = [];
  const written: Buffer[] = [];
  const { log, end } = followProgress(
    {
      write(_stream, chunk) {
        written.push(Buffer.from(chunk));
        return undefined;
      },
      close: () => Promise.resolve(),
    },
    (progress) => done.push(progress.done),
  );
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  let from = 0;
  for (const cut of [...places, bytes.length]) {
    const chunk = Buffer.from(bytes.subarray(from, cut));
    void log.write('stdout', chunk);
    chunk.fill(0);
    from = cut;
  }
  end();
  return { done, written: Buffer.concat(written) };
}

const piece = fc.oneof(
  fc.nat(99).map((done) => `::progress done=${done} total=99::ü`),
  fc.constantFrom(
    '::',
    ':',
    'a ::progress done=1::',
    '::error::no',
    '',
    '\r',
    ' ::progress done=2::',
    'text',
  ),
);
const text = fc
  .array(fc.tuple(piece, fc.constantFrom('\n', '\n', '\r\n', '')), { maxLength: 12 })
  .map((lines) => lines.flat().join(''));

it('finds each line that tells progress and changes nothing, however the output is cut', () => {
  fc.assert(
    fc.property(text, fc.array(fc.nat()), (output, cuts) => {
      const expected = output
        .split('\n')
        .map((line) => /^::progress done=(\d+)(?: total=99)?::/.exec(line)?.[1])
        .filter((done) => done !== undefined)
        .map(Number);
      const bytes = Buffer.from(output);
      const { done, written } = followed(bytes, cuts);
      expect(done).toEqual(expected);
      expect(written.equals(bytes)).toBe(true);
    }),
  );
});

it('keeps nothing of a line without an end', () => {
  const endless = Buffer.from(
    `::progress done=1 total=2::${'x'.repeat(5_000)}\n::progress done=2 total=2::\n`,
  );
  expect(followed(endless).done).toEqual([2]);
  expect(followed(endless, [10, 1_000, 3_000]).done).toEqual([2]);
});

it('leaves what Pipewright itself says alone', () => {
  const told: unknown[] = [];
  const inner = { write: () => undefined, close: () => Promise.resolve() };
  const { log, end } = followProgress(inner, (progress) => told.push(progress));
  void log.write('system', Buffer.from('::progress done=1::\n'));
  end();
  expect(told).toEqual([]);
});
