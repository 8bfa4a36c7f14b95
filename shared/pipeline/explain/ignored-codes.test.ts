import { describe, expect, it } from 'vitest';
import { readIgnoredCodes } from './ignored-codes.ts';

/** The lines on which a code is ignored. */
const linesOf = (text: string, code = 'no-timeout'): number[] => {
  const ignored = readIgnoredCodes(text);
  return text.split('\n').flatMap((_, index) => (ignored.has(code, index + 1) ? [index + 1] : []));
};

describe('comments that ignore explanations', () => {
  it('hold for all of the entry below them', () => {
    const text =
      'stages:\n  # pipewright-ignore: no-timeout\n  # why\n\n  a:\n    run: |\n\n      x\n  b: {}\n';
    expect(linesOf(text)).toEqual([5, 6, 7, 8]);
  });

  it('hold for the entry that they stand behind', () => {
    expect(linesOf('stages:\n  a: # pipewright-ignore: no-timeout\n    run: x\n  b: {}')).toEqual([2, 3]);
    expect(linesOf('stages:\n  a:\n    run: x # pipewright-ignore: no-timeout\n    if: y')).toEqual([3]);
  });

  it('hold for the whole file above its first key', () => {
    expect(linesOf('# A pipeline.\n# pipewright-ignore: no-timeout\n\nname: x\nstages: {}')).toHaveLength(5);
    expect(linesOf('---\n# pipewright-ignore: no-timeout\nname: x')).toHaveLength(3);
  });

  it('hold for lists that stand as far left as their key, and for single items', () => {
    const text = 'a:\n  # pipewright-ignore: no-timeout\n  needs:\n  - x\n  - y\n  if: z';
    expect(linesOf(text)).toEqual([3, 4, 5]);
    expect(linesOf('a:\n  # pipewright-ignore: no-timeout\n  - x\n  - y')).toEqual([3]);
  });

  it('may name several codes, and hold for no others', () => {
    const text = 'a: {}\n# pipewright-ignore: missing-name, no-timeout\nb: {}';
    expect(linesOf(text)).toEqual([3]);
    expect(linesOf(text, 'missing-name')).toEqual([3]);
    expect(linesOf(text, 'plain-secret')).toEqual([]);
  });

  it('are the same with the line ends of Windows', () => {
    expect(linesOf('s:\r\n  # pipewright-ignore: no-timeout\r\n  a:\r\n    run: x\r\n  b: {}\r\n')).toEqual([
      3, 4,
    ]);
  });
});
