import { EditorView } from '@codemirror/view';

/**
 * Keeps the caret in sight when the room of a text that has the focus becomes lower, as by a notice that comes above it.
 * @returns ends that
 */
export function keepCaret(view: EditorView): () => void {
  const room = view.scrollDOM;
  let height = room.clientHeight;
  const observer = new ResizeObserver(() => {
    const before = height;
    height = room.clientHeight;
    if (height >= before || !view.hasFocus) return;
    const { head } = view.state.selection.main;
    const caret = view.coordsAtPos(head);
    if (caret === null) return;
    const bottom = caret.bottom - room.getBoundingClientRect().top;
    if (bottom > height && bottom <= before)
      view.dispatch({ effects: EditorView.scrollIntoView(head, { y: 'nearest', yMargin: 24 }) });
  });
  observer.observe(room);
  return () => observer.disconnect();
}
