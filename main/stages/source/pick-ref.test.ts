import { expect, it } from 'vitest';
import { type FoundRef, sortRefs, versionOf } from './pick-ref.ts';

it.each([
  ['v1.2.3', '1.2.3'],
  ['release/1.2', '1.2.0'],
  ['shop-2.0.0-rc.1', '2.0.0-rc.1'],
  ['main', undefined],
])('%s tells the version %s', (name, version) => {
  expect(versionOf(name)?.version).toBe(version);
});

const refs = ['v1.9.0', 'main', 'v1.10.0', 'v2.0.0-rc.1', 'v1.2.0'].map((name, age): FoundRef => ({
  name,
  type: 'tag',
  commit: 'x',
  age,
}));

it('takes the highest version first, and names without one last', () => {
  expect(sortRefs(refs, 'semver').map(({ name }) => name)).toEqual([
    'v2.0.0-rc.1',
    'v1.10.0',
    'v1.9.0',
    'v1.2.0',
    'main',
  ]);
});

it('takes the newest first, or goes by the alphabet', () => {
  expect(sortRefs(refs, 'newest')[0]?.name).toBe('v1.2.0');
  expect(sortRefs(refs, 'name')[0]?.name).toBe('v2.0.0-rc.1');
});
