import { autocompletion } from '@codemirror/autocomplete';
import { EditorView } from '@codemirror/view';
import type { CatalogKind } from '#shared/api/procedures/kind.ts';
import { showToast } from '#renderer/ui/toast-store.ts';
import type { QuickFix } from '../document/analysis.ts';
import type { PipelineDocument } from '../document/document-store.ts';
import { textExtensions } from '../document/editor-state.ts';
import { chosenLines } from './chosen-lines.ts';
import { completeText } from './complete/complete-text.ts';
import { explainOnHover } from './complete/explain-on-hover.ts';
import type { Surroundings } from './complete/options.ts';
import { marksOf, markText } from './diagnostics.ts';
import { selectByCursor, showSelection } from './follow-selection.ts';
import { keepCaret } from './keep-caret.ts';
import { readingExtensions, writingExtensions } from './text-extensions.ts';
import { textKeys } from './text-keys.ts';

/**
 * Shows a document's text and lets people change it. One view of a document at a time.
 * @param kinds the catalog as far as it has come, for suggestions and explanations
 * @returns takes the view away
 */
export function mountText(
  parent: HTMLElement,
  document: PipelineDocument,
  kinds: () => readonly CatalogKind[],
): { readonly view: EditorView; readonly close: () => void } {
  const { actions } = document;
  const surroundings = (): Surroundings => ({ kinds: kinds(), root: document.getState().analysis?.value });
  const extensions = [
    textKeys(actions),
    readingExtensions,
    autocompletion({
      override: [completeText(surroundings)],
      icons: false,
      activateOnTypingDelay: 60,
      defaultKeymap: false,
    }),
    explainOnHover(surroundings),
    writingExtensions,
    chosenLines,
    selectByCursor(document),
  ];
  actions.dispatch({ effects: textExtensions.reconfigure(extensions) });
  const view = new EditorView({
    state: document.getState().editor,
    parent,
    dispatchTransactions: (transactions) => actions.dispatch(transactions),
  });
  const unlisten = document.onTransactions((transactions) => view.update(transactions));
  const unmark = showMarks(document, view);
  const unshow = showSelection(document, view);
  const unkeep = keepCaret(view);
  return {
    view,
    close() {
      unmark();
      unshow();
      unkeep();
      unlisten();
      view.destroy();
      actions.dispatch({ effects: textExtensions.reconfigure([]) });
    },
  };
}

function showMarks(document: PipelineDocument, view: EditorView): () => void {
  const onFix = ({ operations, title }: QuickFix): void => {
    void document.actions.apply(operations, title).then((answer) => {
      if (!answer.ok) showToast({ title: 'Not changed', body: answer.reason, tone: 'failed' });
    });
  };
  const show = (): void => {
    const state = document.getState();
    const marks = marksOf(state);
    if (marks !== null) view.dispatch(markText(state.editor, marks, onFix));
  };
  show();
  return document.subscribe((state, before) => {
    if (state.analysis !== before.analysis || state.broken !== before.broken) show();
  });
}
