import type { TextEdit } from './text-edit.ts';
import { EditRefused } from './yaml-source.ts';

/**
 * Puts edits of one text in order: removals that touch become one, what stays the same at their ends is left out.
 * @throws EditRefused when two edits change the same place
 */
export function orderEdits(text: string, edits: readonly TextEdit[]): readonly TextEdit[] {
  const ordered = edits
    .map((edit) => shrink(text, edit))
    .filter((edit) => edit.start < edit.end || edit.text !== '')
    .map((edit, index) => ({ edit, index }))
    .sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end || a.index - b.index)
    .map(({ edit }) => edit);
  const result: TextEdit[] = [];
  for (const edit of ordered) {
    const last = result.at(-1);
    if (last === undefined || edit.start >= last.end) result.push(edit);
    else if (last.text === '' && edit.text === '') {
      result[result.length - 1] = { ...last, end: Math.max(last.end, edit.end) };
    } else throw new EditRefused('Two changes of the same place cannot be made at once.');
  }
  return result;
}

/** The same edit without what it would write as it was. */
export function shrink(text: string, edit: TextEdit): TextEdit {
  const old = text.slice(edit.start, edit.end);
  const most = Math.min(old.length, edit.text.length);
  let head = 0;
  while (head < most && old[head] === edit.text[head]) head += 1;
  let tail = 0;
  while (tail < most - head && old.at(-1 - tail) === edit.text.at(-1 - tail)) tail += 1;
  return {
    start: edit.start + head,
    end: edit.end - tail,
    text: edit.text.slice(head, edit.text.length - tail),
  };
}
