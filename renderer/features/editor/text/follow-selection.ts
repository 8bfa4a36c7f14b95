import { EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import type { Extension } from '@codemirror/state';
import type { PipelineDocument } from '../document/document-store.ts';
import { chooseLines, linesOfSelection } from './chosen-lines.ts';
import { yamlContextAt } from './yaml-context.ts';

/** The cursor must rest for so long before the canvas follows it. */
const REST_MS = 150;
const MARGIN_PX = 48;

/** Tells the document which stage the cursor is in, once a person has moved it there and the text has been read. */
export function selectByCursor(document: PipelineDocument): Extension {
  return ViewPlugin.fromClass(
    class {
      #timer: ReturnType<typeof setTimeout> | undefined;
      #unsubscribe: (() => void) | undefined;

      update({ selectionSet, docChanged, view }: ViewUpdate): void {
        if (!selectionSet && !docChanged) return;
        this.destroy();
        if (!view.hasFocus) return;
        this.#timer = setTimeout(() => this.#tell(view), REST_MS);
      }

      #tell(view: EditorView): void {
        if (!view.hasFocus || selectAt(document, view.state.selection.main.head)) return;
        this.#unsubscribe ??= document.subscribe(({ analysis }, before) => {
          if (analysis === before.analysis) return;
          this.destroy();
          this.#tell(view);
        });
      }

      destroy(): void {
        clearTimeout(this.#timer);
        this.#unsubscribe?.();
        this.#unsubscribe = undefined;
      }
    },
  );
}

/** Selects the stage around an offset. @returns false while the stages of this very text are not known */
function selectAt(document: PipelineDocument, offset: number): boolean {
  const { analysis, version, selection, scope, editor } = document.getState();
  if (analysis?.version !== version) return false;
  const stage = analysis.stages.find(
    ({ start, end, isIncluded }) => !isIncluded && start <= offset && offset <= end,
  );
  const { path } = yamlContextAt(editor.doc, offset);
  const isSame =
    selection.stages.length === (stage === undefined ? 0 : 1) &&
    (stage === undefined || (selection.stages[0] === stage.id && scope === stage.scope));
  if (isSame && selection.by === 'text' && String(selection.path) === String(path)) return true;
  if (stage !== undefined && scope !== stage.scope) document.actions.showScope(stage.scope);
  document.actions.select(stage === undefined ? [] : [stage.id], 'text', path);
  return true;
}

/**
 * Marks what is chosen elsewhere, and brings it into view when it has just been chosen.
 * @returns ends it
 */
export function showSelection(document: PipelineDocument, view: EditorView): () => void {
  let shown: unknown = null;
  const show = (): void => {
    const state = document.getState();
    const lines = linesOfSelection(state);
    if (lines === null) return;
    const { selection, editor } = state;
    const [first] = lines;
    const isNew = shown !== selection && selection.by !== 'text' && first !== undefined;
    shown = selection;
    const from = first === undefined ? 0 : editor.doc.line(first.first).from;
    view.dispatch({
      effects: [
        chooseLines(lines),
        ...(isNew ? [EditorView.scrollIntoView(from, { y: 'nearest', yMargin: MARGIN_PX })] : []),
      ],
    });
  };
  show();
  return document.subscribe((state, before) => {
    if (
      state.selection !== before.selection ||
      state.analysis !== before.analysis ||
      state.scope !== before.scope
    )
      show();
  });
}
