import fc from 'fast-check';
import { expect, test } from 'vitest';
import { caseHash } from './case-hash.ts';

const key = { stage: 'unit', suite: 'money', classname: null, name: 'adds' };

test('a case has the same number in every run', () => {
  expect(caseHash(key)).toBe(caseHash({ ...key }));
  expect(caseHash(key)).toBe(1_263_217_069_805_119);
});

test('each part of a key counts, and every number is one that the database takes', () => {
  const part = fc.string();
  const keys = fc.record({ stage: part, suite: part, classname: fc.option(part), name: part });
  fc.assert(
    fc.property(keys, keys, (a, b) => {
      expect(caseHash(a)).toSatisfy(Number.isSafeInteger);
      expect(caseHash(a)).toBeGreaterThanOrEqual(0);
      const isSame = JSON.stringify(a) === JSON.stringify(b);
      expect(caseHash(a) === caseHash(b)).toBe(isSame);
    }),
  );
});

test('100,000 cases that differ in a number only have as many numbers', () => {
  const hashes = new Set<number>();
  for (let index = 0; index < 100_000; index += 1) hashes.add(caseHash({ ...key, name: `parcel ${index}` }));
  expect(hashes.size).toBe(100_000);
});
