import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { characterBorder, countNewlines } from './log-bytes.ts';

const naiveCount = (bytes: Uint8Array): number =>
  bytes.reduce((count, byte) => count + (byte === 0x0a ? 1 : 0), 0);

describe('counting newlines', () => {
  it('counts in any stretch of any bytes, wherever they lie in memory', () => {
    const byte = fc.oneof(fc.constantFrom(0x0a, 0x0a, 0x8a, 0x0b, 0x00, 0x80, 0xff), fc.nat({ max: 255 }));
    const bytes = fc.array(byte, { maxLength: 600 });
    fc.assert(
      fc.property(
        bytes,
        fc.nat({ max: 9 }),
        fc.nat({ max: 9 }),
        fc.nat({ max: 9 }),
        (values, offset, from, cut) => {
          const view = new Uint8Array(Uint8Array.from(values).buffer, Math.min(offset, values.length));
          const to = Math.max(from, view.length - cut);
          if (to <= view.length)
            expect(countNewlines(view, from, to)).toBe(naiveCount(view.subarray(from, to)));
        },
      ),
    );
  });

  it('counts where every byte is one', () => {
    expect(countNewlines(new Uint8Array(10_001).fill(0x0a), 0, 10_001)).toBe(10_001);
  });
});

describe('the border of a character', () => {
  it('cuts text so that its halves decode to the whole', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 12 }),
      fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(bytes, fc.nat({ max: 12 }), (values, wanted) => {
        const whole = Buffer.from(values);
        const at = characterBorder(whole, Math.min(wanted, whole.length));
        expect(whole.toString('utf8', 0, at) + whole.toString('utf8', at)).toBe(whole.toString('utf8'));
      }),
      { numRuns: 2_000 },
    );
  });
});
