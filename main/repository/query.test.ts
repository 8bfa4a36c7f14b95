import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PublishedVersion } from '#main/engine/repository-ports.ts';
import { runIdOf, stageIdOf } from '#shared/lib/ids.ts';
import { matchesQuery, parseRepositoryQuery } from './query.ts';

const version: PublishedVersion = {
  ...{ name: '@team/shop', version: '1.4.0', sha256: 'ab'.repeat(32), sizeBytes: 1, fileCount: 1 },
  labels: { team: 'web' },
  origin: { runId: runIdOf('run-1'), stage: stageIdOf('publish'), project: 'p', commit: 'c0ffee' },
  ...{ sbom: 'cd'.repeat(32), provenance: null, publishedBy: 'Ann', publishedAt: '2026-11-02T09:00:00.000Z' },
};
const stable = { name: '@team/shop', channel: 'stable', version: '1.4.0', movedBy: 'Ann', movedAt: '' };
const matches = (query: string): boolean => matchesQuery(version, [stable], parseRepositoryQuery(query));

describe('a search of the repository', () => {
  it.each([
    '',
    'shop',
    'WEB 1.4',
    'name:@team/*',
    'name:*shop*',
    'version:1.*.0',
    'channel:stable label:team=web label:team',
    'commit:c0ff run:run-1 by:ann',
    `sha256:${'ab'.repeat(32)}`,
    'digest:sha256:abab has:sbom',
  ])('finds it by "%s"', (query) => {
    expect(matches(query)).toBe(true);
  });

  it.each([
    'cart',
    'name:shop',
    'version:1.4',
    'channel:beta',
    'has:provenance',
    'commit:',
    'name:*x*',
    'shop cart',
  ])('does not find it by "%s"', (query) => {
    expect(matches(query)).toBe(false);
  });

  it('refuses a field that there is not', () => {
    expect(() => parseRepositoryQuery('colour:red')).toThrow('There is no field colour to search in.');
  });

  it('answers any text at once, and stars as a pattern would', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', '*') }),
        fc.string({ unit: fc.constantFrom('a', 'b') }),
        (pattern, name) => {
          const expected = new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(name);
          const found = matchesQuery({ ...version, name }, [], [{ field: 'name', text: pattern }]);
          expect(found).toBe(expected);
        },
      ),
    );
  });
});
