import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { tempFolders } from '../artifacts-fixture.ts';
import { readPackIndex, serializePackIndex } from './pack-index.ts';

/** Many of them begin alike. */
const hashes = fc.uniqueArray(
  fc
    .tuple(fc.constantFrom('00000000', 'ffffffff', '0badcafe'), fc.stringMatching(/^[0-9a-f]{56}$/))
    .map((parts) => parts.join('')),
);

it('finds each entry and no other, in whatever order they were written', () => {
  using temp = tempFolders();
  const file = path.join(temp.dir, 'pack');
  fc.assert(
    fc.property(hashes, fc.stringMatching(/^[0-9a-f]{64}$/), (listed, other) => {
      const entries = listed.map((sha256, at) => ({ sha256, offset: at * 2 ** 32, sizeBytes: at }));
      fs.writeFileSync(file, serializePackIndex(entries));
      const index = readPackIndex(file)!;
      expect(entries.map(({ sha256 }) => index.find(sha256))).toEqual(entries);
      expect([...index.entries()].map(({ sha256 }) => sha256)).toEqual(listed.toSorted());
      fc.pre(!listed.includes(other));
      expect(index.find(other)).toBeNull();
    }),
  );
});

it.each([
  ['empty', () => Buffer.alloc(0)],
  ['something else', () => Buffer.alloc(500, 7)],
  ['cut short', (bytes: Buffer) => bytes.subarray(0, -1)],
  ['cut at its beginning', (bytes: Buffer) => bytes.subarray(1)],
  ['damaged', (bytes: Buffer) => Buffer.from(bytes.map((byte, at) => (at === 3 ? byte ^ 1 : byte)))],
])('finds nothing in a file that is %s', (_, change) => {
  using temp = tempFolders();
  const file = path.join(temp.dir, 'pack');
  const entry = { sha256: 'ab'.repeat(32), offset: 0, sizeBytes: 0 };
  fs.writeFileSync(file, change(serializePackIndex([entry])));
  expect(readPackIndex(file)).toBeNull();
});
