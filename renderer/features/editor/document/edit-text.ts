import { ChangeSet } from '@codemirror/state';
import { applyOperation } from '#shared/pipeline/edits/apply-operation.ts';
import type { Operation } from '#shared/pipeline/edits/operation.ts';
import type { TextEdit } from '#shared/pipeline/edits/text-edit.ts';
import type { EditAnswer } from './analysis.ts';

/** Makes operations one after another, each on what the one before left; the edits are those of the first text. */
export function editText(text: string, operations: readonly Operation[]): EditAnswer {
  let changes = ChangeSet.empty(text.length);
  let current = text;
  for (const operation of operations) {
    const result = applyOperation(current, operation);
    if (!result.ok) return result;
    changes = changes.compose(toChanges(result.edits, current.length));
    current = result.text;
  }
  return { ok: true, edits: toEdits(changes) };
}

// Line breaks inside of an insertion are code units like all others here, so no line separator may be read into them.
function toChanges(edits: readonly TextEdit[], length: number): ChangeSet {
  return ChangeSet.of(
    edits.map(({ start, end, text }) => ({ from: start, to: end, insert: text })),
    length,
    '\n',
  );
}

function toEdits(changes: ChangeSet): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  changes.iterChanges((start, end, _from, _to, inserted) => {
    edits.push({ start, end, text: inserted.toString() });
  });
  return edits;
}
