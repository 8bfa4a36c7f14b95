import { StateEffect, StateField, type EditorState } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';
import type { DocumentState } from '../document/document-store.ts';
import { linesOfValue, type LineRange } from './value-lines.ts';

/** Lines of what is chosen; softly where the text itself chose it. */
export interface ChosenLines extends LineRange {
  readonly isElsewhere: boolean;
}

const setChosen = StateEffect.define<readonly ChosenLines[]>();
const STAGE = Decoration.line({ class: 'cm-chosenStage' });
const ELSEWHERE = Decoration.line({ class: 'cm-chosenElsewhere' });
/** More lines than this are not marked one by one. */
const MOST_LINES = 2_000;

/** Marks lines of what is chosen on the canvas, in the form or by the cursor. */
export const chosenLines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, { changes, effects, state }) {
    const effect = effects.findLast((candidate) => candidate.is(setChosen));
    return effect === undefined ? marks.map(changes) : decorationsOf(state, effect.value);
  },
  provide: (field) => EditorView.decorations.from(field),
});

export const chooseLines = (lines: readonly ChosenLines[]): StateEffect<readonly ChosenLines[]> =>
  setChosen.of(lines);

function decorationsOf(state: EditorState, chosen: readonly ChosenLines[]): DecorationSet {
  const ranges = chosen.flatMap(({ first, last, isElsewhere }) => {
    const count = Math.min(last, state.doc.lines, first + MOST_LINES) - first + 1;
    const mark = isElsewhere ? ELSEWHERE : STAGE;
    return Array.from({ length: Math.max(0, count) }, (_, index) =>
      mark.range(state.doc.line(first + index).from),
    );
  });
  return Decoration.set(ranges, true);
}

/** The lines of what is chosen; null while the text is newer than what is known of its stages. */
export function linesOfSelection(document: DocumentState): readonly ChosenLines[] | null {
  const { analysis, editor, selection, scope, version } = document;
  const { doc } = editor;
  if (analysis?.version !== version) return null;
  const isElsewhere = selection.by !== 'text';
  const { path } = selection;
  const chosen = analysis.stages.filter(
    (stage) => !stage.isIncluded && stage.scope === scope && selection.stages.includes(stage.id),
  );
  const [only] = chosen;
  if (path !== null && isElsewhere) {
    const isInStage = only !== undefined && only.path.every((step, index) => path[index] === step);
    if (isInStage) {
      const lines = linesOfValue(
        doc,
        lineRange(document, only.start, only.end),
        path.slice(only.path.length),
      );
      return [{ ...lines, isElsewhere }];
    }
    const whole = { first: 1, last: doc.lines };
    const lines = linesOfValue(doc, whole, path);
    if (chosen.length === 0)
      return lines.last - lines.first === doc.lines - 1 ? [] : [{ ...lines, isElsewhere }];
  }
  return chosen.map(({ start, end }) => ({ ...lineRange(document, start, end), isElsewhere }));
}

function lineRange({ editor: { doc } }: DocumentState, start: number, end: number): LineRange {
  const from = Math.min(start, doc.length);
  return {
    first: doc.lineAt(from).number,
    last: doc.lineAt(Math.min(Math.max(from, end), doc.length)).number,
  };
}
