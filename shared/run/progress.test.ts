import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseProgressCommand } from './progress-command.ts';
import { MAX_PROGRESS_LABEL_CHARS, progressOf, progressShare, progressWords } from './progress.ts';

describe('progressOf', () => {
  it('makes one short line of any label, and never counts beyond the total', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.option(fc.integer({ min: 1 })),
        fc.string({ unit: 'binary' }),
        (done, total, label) => {
          const progress = progressOf(done, total, label)!;
          expect(progress.done).toBeLessThanOrEqual(total ?? done);
          expect(Array.from(progress.label ?? '').length).toBeLessThanOrEqual(MAX_PROGRESS_LABEL_CHARS);
          expect(progress.label ?? '').not.toMatch(/[\p{Cc}\u2028\u2029]/u);
          expect(progress.label).not.toBe('');
          const share = progressShare(progress);
          expect(share === null || (share >= 0 && share <= 1)).toBe(true);
        },
      ),
    );
  });

  it.each([
    [-1, 10],
    [0.5, 10],
    [Number.NaN, 10],
    [Infinity, null],
    [0, 0],
    [1, -1],
  ])('knows nothing of %j of %j', (done, total) => {
    expect(progressOf(done, total, null)).toBeNull();
  });

  it('counts the steps before the one that tells', () => {
    const progress = { done: 5, total: 10, label: 'b.tgz', step: { number: 2, count: 4 } };
    expect(progressShare(progress)).toBe(0.375);
    expect(progressShare({ ...progress, total: null })).toBe(0.25);
    expect(progressWords(progress)).toBe('step 2 of 4, 5 of 10: b.tgz');
    expect(progressWords({ done: 5, total: null, label: null })).toBe('5 so far');
  });
});

describe('parseProgressCommand', () => {
  it.each([
    ['::progress done=3 total=10::Uploading app.tgz', { done: 3, total: 10, label: 'Uploading app.tgz' }],
    ['::progress done=3,total=10::', { done: 3, total: 10, label: null }],
    ['::progress total=10, done=12::a::b%0Ac%25\r', { done: 10, total: 10, label: 'a::b c%' }],
    ['::progress done=7::', { done: 7, total: null, label: null }],
  ])('reads %j', (line, progress) => {
    expect(parseProgressCommand(line)).toEqual(progress);
  });

  it.each([
    '::progress::x',
    '::progress total=10::x',
    '::progress done=-1 total=10::x',
    '::progress done=1e3::x',
    '::progress done=1 total=0::x',
    '::progress done=1 total=ten::x',
    ' ::progress done=1::x',
    '::progressive done=1::x',
    '::error::x',
  ])('takes %j for an ordinary line', (line) => {
    expect(parseProgressCommand(line)).toBeNull();
  });

  it('reads what it is given, whatever that is', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, (words, label) => {
        const progress = parseProgressCommand(`::progress ${words}::${label}`);
        expect(progress === null || progress.done >= 0).toBe(true);
      }),
    );
  });
});
