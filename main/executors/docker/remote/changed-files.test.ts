import fc from 'fast-check';
import { expect, it } from 'vitest';
import { changedFiles, rootsOf } from './changed-files.ts';
import type { FileStates } from './list-files.ts';

const states = (files: Readonly<Record<string, string>>): FileStates =>
  new Map(Object.entries(files).map(([name, stamp]) => [name, { isFolder: stamp === 'folder', stamp }]));

it('tells what is new, other and gone, with what was in a folder before the folder', () => {
  const before = states({ kept: '1', other: '1', old: 'folder', 'old/deep': 'folder', 'old/deep/one': '1' });
  const after = states({ kept: '1', other: '2', made: '1' });
  const { changed, removed } = changedFiles(before, after);
  expect([...changed]).toEqual(['other', 'made']);
  expect(removed).toEqual(['old/deep/one', 'old/deep', 'old']);
});

it('asks for a new folder as a whole, and for files in old ones by themselves', () => {
  const changed = new Set(['new', 'new/deep', 'new/deep/one', 'new/two', 'old/one', 'three']);
  const isNew = (folder: string): boolean => folder.startsWith('new');
  expect(rootsOf(changed, isNew, 64)).toEqual(['new', 'old/one', 'three']);
});

const name = fc
  .array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join('/'));

it('asks for no more than it may, and for all that changed', () => {
  fc.assert(
    fc.property(fc.uniqueArray(name), fc.integer({ min: 1, max: 6 }), (names, most) => {
      const roots = rootsOf(new Set(names), () => false, most);
      expect(roots.length).toBeLessThanOrEqual(most);
      const isIn = (file: string): boolean =>
        roots.some((root) => root === '' || root === file || file.startsWith(`${root}/`));
      expect(names.every(isIn)).toBe(true);
    }),
  );
});
