import { Annotation, EditorState, Transaction, type Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { PipelineDocument } from '../../document/document-store.ts';

/** Marks changes that the document already has. */
const isMirrored = Annotation.define<boolean>();
/** Says which copy a change of the document comes from. */
const fromCopy = Annotation.define<object>();

/** A view's own copy of a document's text, which stays the same as the document's whichever of them changes. */
export interface TextMirror {
  /** For the state of the view, whose text must be the document's when it is made. */
  readonly extension: Extension;
  /** Follows the document from now on; the returned function ends it. */
  follow(view: EditorView): () => void;
}

export function mirrorText(document: PipelineDocument): TextMirror {
  const copy = {};
  return {
    extension: [
      // The text holds LF alone; what else ends lines in the file are characters of it.
      EditorState.lineSeparator.of('\n'),
      EditorView.updateListener.of(({ transactions }) => {
        for (const transaction of transactions) {
          if (!transaction.docChanged || transaction.annotation(isMirrored) === true) continue;
          const userEvent = transaction.annotation(Transaction.userEvent);
          document.actions.dispatch({
            changes: transaction.changes,
            annotations: fromCopy.of(copy),
            ...(userEvent !== undefined && { userEvent }),
          });
        }
      }),
    ],
    follow: (view) =>
      document.onTransactions((transactions) => {
        for (const transaction of transactions) {
          if (!transaction.docChanged || transaction.annotation(fromCopy) === copy) continue;
          view.dispatch({ changes: transaction.changes, annotations: isMirrored.of(true) });
        }
      }),
  };
}
