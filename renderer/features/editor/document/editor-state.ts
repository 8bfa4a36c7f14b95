import { history, invertedEffects, isolateHistory } from '@codemirror/commands';
import { Annotation, Compartment, EditorState, StateEffect, Text, Transaction } from '@codemirror/state';
import type { Extension, TransactionSpec } from '@codemirror/state';
import type { TextEdit } from '#shared/pipeline/edits/text-edit.ts';
import type { TextForm } from './source-text.ts';

/** What a step of undo was, in words, and which stages were selected before it. */
export interface ChangeNote {
  readonly label: string;
  readonly stages: readonly string[];
}

const noteEffect = StateEffect.define<ChangeNote>();

/** Marks transactions that do not come from a view of the text. */
export const fromOutside = Annotation.define<boolean>();

/** What the view of the text adds to the state: `textExtensions.reconfigure([…])` as an effect when it mounts. */
export const textExtensions = new Compartment();
const writability = new Compartment();
const lineEnds = new Compartment();

/** Label of steps that were typed. */
export const TYPING = 'Typing';

/** The state that holds a document's text and its history, whether or not a view shows it. */
export function createEditorState(text: string, form: TextForm, isReadOnly: boolean): EditorState {
  return EditorState.create({
    doc: toDoc(text),
    extensions: [
      history(),
      // Kept with the step in the history, so that undoing it tells what it was.
      invertedEffects.of(({ effects }) => effects.filter((effect) => effect.is(noteEffect))),
      lineEnds.of(separatorOf(form)),
      writability.of(EditorState.readOnly.of(isReadOnly)),
      textExtensions.of([]),
    ],
  });
}

/** Text as the editor holds it. Only LF ends a line: in a file of several kinds of line ends the others are characters. */
export const toDoc = (text: string): Text => Text.of(text.split('\n'));

// Without it, pasted text gets LF; with it, what is pasted stays as it is, as everything else in such a file.
const separatorOf = (form: TextForm): Extension =>
  form.lineEnds === 'mixed' ? EditorState.lineSeparator.of('\n') : [];

/** Edits that are one step of undo with a label. */
export function notedChange(edits: readonly TextEdit[], note: ChangeNote): TransactionSpec {
  return {
    changes: edits.map(({ start, end, text }) => ({ from: start, to: end, insert: toDoc(text) })),
    effects: noteEffect.of(note),
    annotations: [
      isolateHistory.of('full'),
      fromOutside.of(true),
      Transaction.userEvent.of('pipeline.operation'),
    ],
  };
}

/** For a file that came to have another form, or may be changed from now on, or no longer. */
export const formChange = (form: TextForm, isReadOnly: boolean): TransactionSpec => ({
  effects: [
    lineEnds.reconfigure(separatorOf(form)),
    writability.reconfigure(EditorState.readOnly.of(isReadOnly)),
  ],
});

/** The note of what a transaction takes back or makes again; null for typing. */
export function noteOf({ effects }: Transaction): ChangeNote | null {
  return effects.find((effect) => effect.is(noteEffect))?.value ?? null;
}
