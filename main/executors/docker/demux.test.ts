import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createDemux, type OutputPiece } from './demux.ts';

const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 });
const frame = fc.record({
  stream: fc.constantFrom<OutputPiece['stream']>('stdout', 'stderr'),
  bytes: fc.uint8Array({ maxLength: 40 }),
});

function encode({ stream, bytes }: { readonly stream: string; readonly bytes: Uint8Array }): Buffer {
  const header = Buffer.alloc(8);
  header[0] = stream === 'stdout' ? 1 : 2;
  header.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([header, bytes]);
}

/** Neighbours of one stream together, empty ones left out: how it was cut does not matter. */
function joined(pieces: readonly { readonly stream: string; readonly bytes: Uint8Array }[]): string[] {
  const lines: [string, string][] = [];
  for (const { stream, bytes } of pieces) {
    if (bytes.length === 0) continue;
    const hex = Buffer.from(bytes).toString('hex');
    const last = lines.at(-1);
    if (last?.[0] === stream) last[1] += hex;
    else lines.push([stream, hex]);
  }
  return lines.map(([stream, hex]) => `${stream} ${hex}`);
}

it('gives back both streams byte by byte and in order, however the frames are cut', () => {
  fc.assert(
    fc.property(fc.array(frame), sizes, (frames, cuts) => {
      const all = Buffer.concat(frames.map(encode));
      const demux = createDemux();
      const pieces: OutputPiece[] = [];
      for (let at = 0, index = 0; at < all.length; index++) {
        const size = cuts[index % cuts.length]!;
        pieces.push(...demux(all.subarray(at, at + size)));
        at += size;
      }
      expect(joined(pieces)).toEqual(joined(frames));
    }),
  );
});

it('joins the lines of one stream that come together', () => {
  const line = (text: string): Buffer => encode({ stream: 'stdout', bytes: Buffer.from(text) });
  const chunk = Buffer.concat([line('a\n'), line('b\n')]);
  expect(createDemux()(chunk)).toEqual([{ stream: 'stdout', bytes: Buffer.from('a\nb\n') }]);
});
