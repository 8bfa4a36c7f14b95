import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freeFileName, newFileName } from './new-file-name.ts';

describe('the name of a new pipeline file', () => {
  it.each([
    ['pipewright.yml', 'pipewright.yml'],
    ['./pipewright.yaml', 'pipewright.yaml'],
    ['release', '.pipewright/release.yml'],
    [' release.yml ', '.pipewright/release.yml'],
    ['.pipewright/nightly.yaml', '.pipewright/nightly.yaml'],
    ['.pipewright\\nightly.yml', '.pipewright/nightly.yml'],
  ])('%o means %s', (wanted, file) => {
    expect(newFileName(wanted, [])).toEqual({ ok: true, file });
  });

  it.each([
    '',
    '   ',
    '../up.yml',
    'ci/build.yml',
    '/etc/x.yml',
    'C:\\x.yml',
    'a?',
    '.yml',
    'dots..',
    '.pipewright/.yml',
  ])('%o is refused', (wanted) => {
    expect(newFileName(wanted, [])).toMatchObject({ ok: false, isTaken: false });
  });

  it('may not be taken, in small or capital letters', () => {
    expect(newFileName('Release', ['.pipewright/release.yml'])).toMatchObject({
      ok: false,
      isTaken: true,
      problem: 'There is a file .pipewright/Release.yml already.',
    });
  });
});

describe('a free name', () => {
  it('is that of the main file while there is none', () => {
    expect(freeFileName('node', ['.pipewright/node.yml'])).toBe('pipewright.yml');
  });

  it('is never taken', () => {
    const names = fc.constantFrom(
      'pipewright.yml',
      ...['', '-2', '-3'].map((n) => `.pipewright/node${n}.yml`),
    );
    fc.assert(
      fc.property(fc.uniqueArray(names), (taken) => {
        expect(newFileName(freeFileName('node', taken), taken).ok).toBe(true);
      }),
    );
  });
});
