import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stageIdOf } from '#shared/lib/ids.ts';
import { decodeStageId, encodeStageId } from './log-path.ts';

describe('the folder of a stage', () => {
  it('keeps an ordinary id as it is', () => {
    expect(encodeStageId(stageIdOf('build-web_2.x'))).toBe('build-web_2.x');
  });

  it('keeps a matrix leg readable and free of brackets', () => {
    expect(encodeStageId(stageIdOf('unit[node=22, os=linux]'))).toBe('unit%5bnode=22,%20os=linux%5d');
  });

  it.each([
    '.',
    '..',
    'con',
    'nul.txt',
    'com1',
    'a.',
    '../../etc',
    'a/b',
    'a\\b',
    'a:b',
    '%41',
    'é',
    'Build',
  ])('gives %j a name that is safe everywhere and decodes to it', (id) => {
    const name = encodeStageId(stageIdOf(id));
    expect(name).toMatch(/^(?!\.)(?!(?:con|nul|com1)(?:\.|$))[a-z0-9_.=,%-]*[a-z0-9_=,-]$/);
    expect(decodeStageId(name)).toBe(id);
  });

  it('does not confuse ids that differ in case only', () => {
    expect(encodeStageId(stageIdOf('Build')).toLowerCase()).not.toBe(
      encodeStageId(stageIdOf('build')).toLowerCase(),
    );
  });

  it('decodes every id of ordinary length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 16 }), (id) => {
        const name = encodeStageId(stageIdOf(id));
        expect(decodeStageId(name)).toBe(name.includes('~') ? null : id);
      }),
    );
  });

  it('shortens a very long id without confusing two of them', () => {
    const names = ['x', 'y'].map((end) => encodeStageId(stageIdOf(`unit[${'very long '.repeat(60)}${end}]`)));
    expect(names.every((name) => name.length <= 200)).toBe(true);
    expect(new Set(names).size).toBe(2);
    expect(decodeStageId(names[0]!)).toBeNull();
  });

  it('decodes no name that it did not make', () => {
    expect(decodeStageId('Build')).toBeNull();
    expect(decodeStageId('%61')).toBeNull();
    expect(decodeStageId('%ff')).toBeNull();
  });
});
