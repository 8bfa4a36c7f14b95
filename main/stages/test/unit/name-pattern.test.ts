import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asOperand, filesOf, namePattern } from './name-pattern.ts';

test('a pattern fits the full name of each test, with either way to join suites', () => {
  const pattern = new RegExp(
    namePattern([
      ['outer > in (1)', 'adds [a|b]'],
      [null, 'b'],
    ]),
  );
  for (const name of ['outer in (1) adds [a|b]', 'outer > in (1) > adds [a|b]', 'x b'])
    expect(name).toMatch(pattern);
  expect('outer in (1) adds a').not.toMatch(pattern);
});

test('any name fits its own pattern', () => {
  fc.assert(
    fc.property(fc.string(), (name) => {
      expect(new RegExp(namePattern([[name]]), 's').test(name.replaceAll(' > ', ' '))).toBe(true);
    }),
  );
});

test('files are listed once, and not at all when one is unknown', () => {
  expect(filesOf([{ file: 'a' }, { file: 'b' }, { file: 'a' }])).toEqual(['a', 'b']);
  expect(filesOf([{ file: 'a' }, { file: null }])).toBeNull();
});

test('no file looks like an option', () => {
  expect(asOperand('-x.js')).toBe('./-x.js');
  expect(asOperand('x.js')).toBe('x.js');
});
