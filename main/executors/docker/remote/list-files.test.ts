import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseListing } from './list-files.ts';

const FOLDER = '41ed 4096 7 2026-01-01 00:00:00.000000000 +0000 2026-01-01 00:00:00.000000000 +0000';
const FILE = '81a4 12 8 2026-01-01 00:00:00.000000000 +0000 2026-01-01 00:00:00.000000000 +0000';

it('reads names with line breaks and tabs, and takes a folder as the same when its times changed', () => {
  const text = `m ${FOLDER}\t.\nm ${FILE}\t./a\nm b\tc\n\nm ${FOLDER.replaceAll('2026', '2027')}\t./d e\n`;
  expect(parseListing(text.replace('m b', 'n b'), 'm')).toEqual(
    new Map([
      ['a\nn b\tc\n', { isFolder: false, stamp: FILE }],
      ['d e', { isFolder: true, stamp: '41ed' }],
    ]),
  );
});

it('takes nothing that the program did not say to its end', () => {
  expect(parseListing('', 'm')).toBeNull();
  expect(parseListing('find: not found\n', 'm')).toBeNull();
  expect(parseListing(`m ${FILE}\t./a\nm 81a4`, 'm')).toBeNull();
});

it('reads back any names', () => {
  const names = fc.uniqueArray(
    fc.string({ minLength: 1 }).filter((text) => text !== '.' && !text.includes('mark')),
  );
  fc.assert(
    fc.property(names, (all) => {
      const text = all.map((name) => `mark ${FILE}\t./${name}\n`).join('');
      fc.pre(all.length > 0);
      expect([...(parseListing(text, 'mark')?.keys() ?? [])]).toEqual(all);
    }),
  );
});
