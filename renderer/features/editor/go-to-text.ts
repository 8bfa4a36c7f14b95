import { EditorView } from '@codemirror/view';
import type { PipelineDocument } from './document/document-store.ts';

/** Puts the cursor at an offset, and it into the middle of a view of the text that is there. */
export function goToText({ actions, getState }: PipelineDocument, offset: number): void {
  const anchor = Math.min(offset, getState().editor.doc.length);
  actions.dispatch({
    selection: { anchor },
    effects: EditorView.scrollIntoView(anchor, { y: 'center' }),
  });
}

/** Where a line begins. @param line 1-based; one beyond the end is the last */
export function offsetOfLine({ getState }: PipelineDocument, line: number): number {
  const { doc } = getState().editor;
  return doc.line(Math.min(Math.max(line, 1), doc.lines)).from;
}
