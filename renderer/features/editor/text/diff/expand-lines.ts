import type { Extension } from '@codemirror/state';
import { ViewPlugin, type EditorView } from '@codemirror/view';

/** Puts the cursor to lines that a click expands: else what is typed then would go nowhere. */
export const expandToCursor: Extension = ViewPlugin.fromClass(
  class {
    readonly #view: EditorView;
    readonly #onDown: (event: MouseEvent) => void;

    constructor(view: EditorView) {
      this.#view = view;
      this.#onDown = (event) => {
        const lines = event.target instanceof Element ? event.target.closest('.cm-collapsedLines') : null;
        if (lines === null || event.button !== 0) return;
        // Else the browser takes the focus away again.
        event.preventDefault();
        view.dispatch({ selection: { anchor: view.posAtDOM(lines) } });
        view.focus();
      };
      // The view itself leaves the mouse alone over these lines.
      view.contentDOM.addEventListener('mousedown', this.#onDown);
    }

    destroy(): void {
      this.#view.contentDOM.removeEventListener('mousedown', this.#onDown);
    }
  },
);
