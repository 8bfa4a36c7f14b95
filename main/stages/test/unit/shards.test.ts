import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationsByFile, filesOfShard, parseShard } from './shards.ts';

const part = (files: readonly string[], index: number, count: number, known: Record<string, number> = {}) =>
  filesOfShard(files, { index, count }, (file) => known[file]);

describe('parts of test files', () => {
  it('take about as long as each other', () => {
    const known = { a: 90, b: 50, c: 40, d: 5 };
    expect(part(['a', 'b', 'c', 'd'], 1, 2, known)).toEqual(['a', 'd']);
    expect(part(['a', 'b', 'c', 'd'], 2, 2, known)).toEqual(['b', 'c']);
  });

  it('have each file once between them, in whatever order files are listed', () => {
    const files = fc.uniqueArray(fc.string({ minLength: 1 }));
    fc.assert(
      fc.property(files, fc.integer({ min: 1, max: 9 }), fc.array(fc.nat()), (names, count, times) => {
        const known = new Map(names.map((name, index) => [name, times[index]]));
        const partOf = (list: readonly string[], index: number) =>
          filesOfShard(list, { index, count }, (file) => known.get(file));
        const parts = Array.from({ length: count }, (_, index) => partOf(names, index + 1));
        expect(parts.flat().sort()).toEqual([...names].sort());
        expect(partOf([...names].reverse(), 1)).toEqual(parts[0]);
      }),
    );
  });

  it('are named within their number', () => {
    expect(parseShard('2/3')).toEqual({ index: 2, count: 3 });
    expect(() => parseShard('4/3')).toThrow('names part 4 of only 3');
  });

  it('know files by what their tests took', () => {
    const suite = { name: 's.js', file: null, timestamp: null, stdout: null, stderr: null };
    const counts = { total: 1, passed: 1, failed: 0, errored: 0, skipped: 0, durationMs: 5 };
    const texts = { message: null, details: null, stdout: null, stderr: null };
    const one = {
      name: 'n',
      classname: null,
      file: null,
      line: null,
      status: 'passed' as const,
      durationMs: 5,
      ...texts,
    };
    const report = {
      ...counts,
      suites: [{ ...counts, ...suite, cases: [one, { ...one, file: 'a.js', durationMs: 7 }] }],
    };
    expect([...durationsByFile([report, report])]).toEqual([
      ['s.js', 10],
      ['a.js', 14],
    ]);
  });
});
