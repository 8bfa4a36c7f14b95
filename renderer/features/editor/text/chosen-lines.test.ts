import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { describe, expect, it } from 'vitest';
import { documentOf } from '../document/document-fixture.ts';
import type { PipelineDocument } from '../document/document-store.ts';
import { chooseLines, chosenLines, linesOfSelection } from './chosen-lines.ts';

const TEXT = `name: Shop
on: push
stages:
  install:
    run: npm ci
  unit:
    needs: [install]
    run: npm test
pipelines:
  ship:
    stages:
      unit:
        run: ship
`;

const linesIn = ({ getState }: PipelineDocument): readonly string[] | undefined =>
  linesOfSelection(getState())?.map(
    ({ first, last, isElsewhere }) => `${first}-${last}${isElsewhere ? '' : ' softly'}`,
  );

async function withDocument(look: (document: PipelineDocument) => void): Promise<void> {
  const { document } = await documentOf(TEXT);
  try {
    look(document);
  } finally {
    await document.close();
  }
}

describe('the lines of what is chosen', () => {
  it('are those of the chosen stages of the scope on the canvas', () =>
    withDocument((document) => {
      document.actions.select(['install', 'unit'], 'canvas');
      expect(linesIn(document)).toEqual(['4-5', '6-8']);
      document.actions.showScope('ship');
      document.actions.select(['unit'], 'canvas');
      expect(linesIn(document)).toEqual(['12-13']);
    }));

  it('are those of the value that a form is at', () =>
    withDocument((document) => {
      document.actions.select(['unit'], 'form', ['stages', 'unit', 'run']);
      expect(linesIn(document)).toEqual(['8-8']);
      document.actions.select([], 'form', ['on']);
      expect(linesIn(document)).toEqual(['2-2']);
    }));

  it('are none for a value that is not written and in no stage', () =>
    withDocument((document) => {
      document.actions.select([], 'form', ['inputs']);
      expect(linesIn(document)).toEqual([]);
    }));

  it('are marked softly where the cursor chose them', () =>
    withDocument((document) => {
      document.actions.select(['unit'], 'text', ['stages', 'unit', 'run']);
      expect(linesIn(document)).toEqual(['6-8 softly']);
    }));

  it('are not known while the text is newer than what is known of its stages', () =>
    withDocument((document) => {
      document.actions.select(['unit'], 'canvas');
      document.actions.dispatch({ changes: { from: 0, insert: '# New\n' } });
      expect(linesIn(document)).toBeUndefined();
    }));
});

describe('the marks of chosen lines', () => {
  const marksOf = (state: EditorState): readonly string[] => {
    const found: string[] = [];
    for (const set of state.facet(EditorView.decorations)) {
      if (typeof set === 'function') continue;
      set.between(0, state.doc.length, (from, _, { spec }) => {
        found.push(`${state.doc.lineAt(from).number} ${(spec as { class: string }).class}`);
      });
    }
    return found;
  };

  it('stand at each line, move with the text, and end with another choice', () => {
    let state = EditorState.create({ doc: 'a\nb\nc\nd', extensions: [chosenLines] });
    const choose = (first: number, last: number, isElsewhere: boolean) =>
      state.update({ effects: chooseLines([{ first, last, isElsewhere }]) }).state;
    state = choose(2, 3, true);
    expect(marksOf(state)).toEqual(['2 cm-chosenElsewhere', '3 cm-chosenElsewhere']);
    state = state.update({ changes: { from: 0, insert: 'new\n' } }).state;
    expect(marksOf(state)).toEqual(['3 cm-chosenElsewhere', '4 cm-chosenElsewhere']);
    state = choose(1, 1, false);
    expect(marksOf(state)).toEqual(['1 cm-chosenStage']);
    state = state.update({ effects: chooseLines([]) }).state;
    expect(marksOf(state)).toEqual([]);
  });

  it('end with the text', () => {
    const state = EditorState.create({ doc: 'a\nb', extensions: [chosenLines] });
    const chosen = state.update({ effects: chooseLines([{ first: 2, last: 9, isElsewhere: true }]) }).state;
    expect(marksOf(chosen)).toEqual(['2 cm-chosenElsewhere']);
  });
});
