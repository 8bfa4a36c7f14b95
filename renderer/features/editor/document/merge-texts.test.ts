import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mergeTexts } from './merge-texts.ts';

const texts = fc
  .array(fc.constantFrom('a: 1', '  b: 2', '', '# c'), { maxLength: 12 })
  .map((lines) => lines.join('\n'));

it('gives the other text where only one has changed', () => {
  fc.assert(
    fc.property(texts, texts, (base, changed) => {
      expect(mergeTexts(changed, base, base)).toEqual({ text: changed, conflicts: 0 });
      expect(mergeTexts(base, base, changed)).toEqual({ text: changed, conflicts: 0 });
    }),
  );
});

it('has no conflict where both made the same change', () => {
  fc.assert(
    fc.property(texts, texts, (base, changed) => {
      expect(mergeTexts(changed, base, changed)).toEqual({ text: changed, conflicts: 0 });
    }),
  );
});

it('joins changes of different lines', () => {
  const base = 'a: 1\nb: 2\nc: 3\nd: 4\n';
  const merged = mergeTexts(base.replace('1', '10'), base, base.replace('4', '40'));
  expect(merged).toEqual({ text: 'a: 10\nb: 2\nc: 3\nd: 40\n', conflicts: 0 });
});

it('keeps both between comments, in the column of the lines, where both changed the same line', () => {
  const merged = mergeTexts('s:\n  a: 2\n', 's:\n  a: 1\n', 's:\n  a: 3\n');
  expect(merged.conflicts).toBe(1);
  expect(merged.text).toBe(
    's:\n  # <<<<<<< yours\n  a: 2\n  # ======= on disk\n  a: 3\n  # >>>>>>> end of both\n',
  );
});
