import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStepReader } from './step-reader.ts';

const MARK = 'pipewright-00ff';

/** What comes out of these chunks: bytes joined, words as they are. */
function read(chunks: readonly Buffer[]): { readonly bytes: Buffer; readonly words: readonly string[] } {
  const reader = createStepReader(MARK);
  const parts = chunks.flatMap((chunk) => reader.push(chunk));
  return {
    bytes: Buffer.concat(parts.filter((part) => Buffer.isBuffer(part))),
    words: parts.filter((part) => !Buffer.isBuffer(part)).map((part) => JSON.stringify(part)),
  };
}

describe('the reader of a remote step', () => {
  it('skips what a shell says before the runner does', () => {
    const { bytes } = read([Buffer.from(`Welcome!\n\u001e${MARK} start\nhello`)]);
    expect(bytes.toString()).toBe('hello');
  });

  it('passes on what merely begins like a word of the runner, as soon as it is clear', () => {
    const reader = createStepReader(MARK);
    reader.push(Buffer.from(`\u001e${MARK} start\n`));
    expect(reader.push(Buffer.from('a\u001epipe'))).toEqual([Buffer.from('a')]);
    expect(reader.push(Buffer.from('line\n'))).toEqual([Buffer.from('\u001epipeline\n')]);
  });

  it('takes what the runner says of usage out of the bytes of the step', () => {
    const { bytes, words } = read([
      Buffer.from(
        `\u001e${MARK} start\none\u001e${MARK} usage 12 34 - -\ntwo\u001e${MARK} times 0m1s 0m2s\n`,
      ),
    ]);
    expect(bytes.toString()).toBe('onetwo');
    expect(words.slice(1)).toEqual([
      '{"type":"usage","figures":[12,34,null,null]}',
      '{"type":"times","times":["0m1s","0m2s"]}',
    ]);
  });

  it('finds the same bytes and words however they are cut into chunks', () => {
    const noise = fc.constantFrom('\u001e', MARK, ' ', '\n', 'a', `\u001e${MARK}`);
    fc.assert(
      fc.property(
        fc.array(noise, { maxLength: 8 }),
        fc.array(fc.nat(80), { maxLength: 6 }),
        (texts, cuts) => {
          // A mark with a space behind it is a word, and no step knows the mark.
          const step = texts.join('').replaceAll(new RegExp(`(?:${MARK})+ `, 'g'), '');
          const whole = Buffer.from(
            `\u001e${MARK} start\n${step}\u001e${MARK} end 3 7 0\nrest\u001e${MARK} done\n`,
          );
          const places = [0, ...cuts.map((cut) => cut % whole.length).sort((a, b) => a - b), whole.length];
          const chunks = places.slice(1).map((place, index) => whole.subarray(places[index], place));
          const found = read(chunks);
          expect(found.bytes.toString()).toBe(`${step}rest`);
          expect(found.words).toEqual([
            '{"type":"start"}',
            '{"type":"end","rest":[3,7,0]}',
            '{"type":"done"}',
          ]);
        },
      ),
    );
  });
});
