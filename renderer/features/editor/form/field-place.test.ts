import { describe, expect, it } from 'vitest';
import { applyOperation } from '#shared/pipeline/edits/apply-operation.ts';
import type { Operation } from '#shared/pipeline/edits/operation.ts';
import { valueAt } from '#shared/pipeline/source-map.ts';
import { parse } from 'yaml';
import { addItem, type FieldPlace, itemPlaces, keyPlace, placeAt, writeTexts } from './field-place.ts';

const RETRY = { short: 'max', flag: false };
const SKIP = { short: null, flag: true };

const stage = (...lines: string[]): string =>
  ['stages:', '  unit:', '    run: npm test', ...lines, ''].join('\n');

const placeIn = (text: string, key: string): FieldPlace => {
  const path = ['stages', 'unit', key];
  return placeAt(path, valueAt(parse(text), path));
};

function linesAfter(text: string, operation: Operation): readonly string[] {
  const result = applyOperation(text, operation);
  if (!result.ok) throw new Error(result.reason);
  return result.text.split('\n').slice(3, -1);
}

describe('keyPlace', () => {
  it('writes the short form when its key is the first', () => {
    const text = stage();
    const max = keyPlace(placeIn(text, 'retry'), RETRY, 'max');
    expect(linesAfter(text, max.write(2))).toEqual(['    retry: 2']);
  });

  it('reads and sets the key of a short form in place', () => {
    const text = stage('    retry: 2 # twice');
    const max = keyPlace(placeIn(text, 'retry'), RETRY, 'max');
    expect(max.value).toBe(2);
    expect(linesAfter(text, max.write(3))).toEqual(['    retry: 3 # twice']);
    expect(linesAfter(text, max.write(undefined))).toEqual([]);
  });

  it('makes the object out of a short form when another key is set', () => {
    const text = stage('    retry: 2');
    const backoff = keyPlace(placeIn(text, 'retry'), RETRY, 'backoff');
    expect(backoff.value).toBeUndefined();
    expect(linesAfter(text, backoff.write('linear'))).toEqual([
      '    retry:',
      '      max: 2',
      '      backoff: linear',
    ]);
  });

  it('changes one line of an object', () => {
    const text = stage('    retry:', '      max: 2', '      delay: 5s # patient');
    const delay = keyPlace(placeIn(text, 'retry'), RETRY, 'delay');
    expect(delay.path).toEqual(['stages', 'unit', 'retry', 'delay']);
    expect(linesAfter(text, delay.write('9s'))).toEqual([
      '    retry:',
      '      max: 2',
      '      delay: 9s # patient',
    ]);
    expect(linesAfter(text, delay.write(undefined))).toEqual(['    retry:', '      max: 2']);
  });

  it('replaces a flag by the object whose key is set', () => {
    const text = stage('    skip-if-unchanged: true');
    const files = keyPlace(placeIn(text, 'skip-if-unchanged'), SKIP, 'files');
    expect(files.value).toBeUndefined();
    expect(linesAfter(text, files.write(['src/**']))[0]).toBe('    skip-if-unchanged:');
    expect(linesAfter(text, files.write(undefined))).toEqual(['    skip-if-unchanged: true']);
  });
});

describe('lists', () => {
  it('keep one text alone as it was, and a list a list', () => {
    const alone = stage('    needs: install');
    const list = stage('    needs: [install]');
    expect(linesAfter(alone, writeTexts(placeIn(alone, 'needs'), ['lint'], true))).toEqual([
      '    needs: lint',
    ]);
    expect(linesAfter(list, writeTexts(placeIn(list, 'needs'), ['lint'], true))).toEqual([
      '    needs: [lint]',
    ]);
    expect(linesAfter(list, writeTexts(placeIn(list, 'needs'), [], true))).toEqual([]);
  });

  it('get an item more, also where one stands alone or none at all', () => {
    const alone = stage('    artifacts: { name: a, paths: [x] }');
    const place = placeIn(alone, 'artifacts');
    expect(itemPlaces(place).map(({ path }) => path)).toEqual([['stages', 'unit', 'artifacts']]);
    const added = applyOperation(alone, addItem(place, { name: 'b', paths: ['y'] }));
    expect(added.ok && itemPlaces(placeIn(added.text, 'artifacts')).map(({ value }) => value)).toEqual([
      { name: 'a', paths: ['x'] },
      { name: 'b', paths: ['y'] },
    ]);
    const none = stage();
    expect(linesAfter(none, addItem(placeIn(none, 'cache'), { key: 'k', paths: ['x'] }))[0]).toBe(
      '    cache:',
    );
  });
});
