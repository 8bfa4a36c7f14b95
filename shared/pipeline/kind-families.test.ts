import { expect, it } from 'vitest';
import { compareFamilies, familyOfKind, familyTitle } from './kind-families.ts';

it('has a heading for every family, of one that is not known its own name', () => {
  expect(['source', 'test', 'deploy'].map(familyTitle)).toEqual([
    'Source',
    'Test, quality and security',
    'Deploy',
  ]);
});

it('lists families in the order in which a change goes through them, unknown ones last by name', () => {
  expect(['test', 'zoo', 'source', 'ark', 'publish'].sort(compareFamilies)).toEqual([
    'source',
    'test',
    'publish',
    'ark',
    'zoo',
  ]);
});

it('takes the family of a kind from its id', () => {
  expect(['test.unit', 'plugin:greet'].map(familyOfKind)).toEqual(['test', 'plugin']);
});
