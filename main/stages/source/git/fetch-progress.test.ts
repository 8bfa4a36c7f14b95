import { expect, it } from 'vitest';
import { followFetch } from './fetch-progress.ts';

function follow(...pieces: readonly string[]) {
  const told: unknown[] = [];
  const filter = followFetch({ progress: (...words) => void told.push(words) });
  return { told, shown: pieces.map(filter).filter((line) => line !== null) };
}

it('tells how much was received, and leaves the end of each part in the log', () => {
  const { told, shown } = follow(
    'remote: Enumerating objects: 290, done.',
    'remote: Counting objects:  50% (145/290)        ',
    'remote: Counting objects: 100% (290/290), done.        ',
    'Receiving objects:  42% (123/290)',
    'Receiving objects:  86% (250/290), 1.20 MiB | 3.00 MiB/s',
    'Receiving objects: 100% (290/290), 1.40 MiB | 3.00 MiB/s, done.',
    'Resolving deltas:   0% (0/12)',
    'From https://example.com/shop',
  );
  expect(told).toEqual([
    [123, 290, 'Receiving objects'],
    [250, 290, 'Receiving objects'],
    [290, 290, 'Receiving objects'],
    [0, 12, 'Resolving deltas'],
  ]);
  expect(shown).toEqual([
    'remote: Enumerating objects: 290, done.',
    'remote: Counting objects: 100% (290/290), done.        ',
    'Receiving objects: 100% (290/290), 1.40 MiB | 3.00 MiB/s, done.',
    'From https://example.com/shop',
  ]);
});
