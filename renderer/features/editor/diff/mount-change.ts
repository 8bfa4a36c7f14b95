import { MergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { toDoc } from '../document/editor-state.ts';
import { diffTheme } from '../text/diff/diff-theme.ts';
import { readingExtensions } from '../text/text-extensions.ts';

/** What takes longer than this to compare is shown line by line. */
const DIFF_LIMITS = { scanLimit: 500, timeout: 150 };

/** Shows two texts beside each other, for reading. @returns takes the view away */
export function mountChange(
  parent: HTMLElement,
  before: { readonly text: string; readonly label: string },
  after: { readonly text: string; readonly label: string },
): () => void {
  const side = ({
    text,
    label,
  }: typeof before): { doc: ReturnType<typeof toDoc>; extensions: Extension } => ({
    doc: toDoc(text),
    extensions: [
      readingExtensions,
      diffTheme,
      EditorState.readOnly.of(true),
      EditorView.editable.of(false),
      EditorState.lineSeparator.of('\n'),
      EditorView.contentAttributes.of({ 'aria-label': label, role: 'textbox', tabindex: '0' }),
    ],
  });
  const view = new MergeView({ parent, a: side(before), b: side(after), diffConfig: DIFF_LIMITS });
  return () => view.destroy();
}
