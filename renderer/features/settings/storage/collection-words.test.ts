import { expect, it } from 'vitest';
import type { Collection } from '#shared/api/storage-schemas.ts';
import { collectionWords, lastWords } from './collection-words.ts';

const none = { count: 0, sizeBytes: 0 };
const NOTHING: Collection = {
  dryRun: true,
  runs: [],
  workspaces: none,
  artifacts: [],
  caches: none,
  content: none,
  sizeBytes: 0,
};

it('says what a clean-up removed or would remove', () => {
  expect(collectionWords(NOTHING)).toBe('Nothing would be removed.');
  expect(collectionWords({ ...NOTHING, dryRun: false })).toBe('There was nothing to remove.');
  expect(
    collectionWords({
      ...NOTHING,
      workspaces: { count: 2, sizeBytes: 5 },
      caches: { count: 1, sizeBytes: 5 },
      sizeBytes: 10,
    }),
  ).toBe('Would remove 2 workspaces, 1 cache: 10 B.');
  expect(
    collectionWords({ ...NOTHING, dryRun: false, content: { count: 1, sizeBytes: 9 }, sizeBytes: 9 }),
  ).toBe('Removed what nothing needs any more: 9 B freed.');
});

it('says what the last clean-up came to', () => {
  const last = {
    at: new Date().toISOString(),
    automatic: true,
    complete: false,
    runs: 1,
    artifacts: 0,
    workspaces: 0,
    sizeBytes: 2_000,
  };
  expect(lastWords(last)).toBe(
    'Last just now by itself, stopped before its end: removed 1 run, 2.0 kB freed.',
  );
});
