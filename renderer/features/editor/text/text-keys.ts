import { acceptCompletion, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, indentLess, indentMore } from '@codemirror/commands';
import { foldKeymap } from '@codemirror/language';
import {
  forEachDiagnostic,
  lintKeymap,
  nextDiagnostic,
  openLintPanel,
  previousDiagnostic,
  type Action,
} from '@codemirror/lint';
import { searchKeymap } from '@codemirror/search';
import { Prec, type Extension } from '@codemirror/state';
import { keymap, type EditorView, type KeyBinding } from '@codemirror/view';
import type { DocumentActions } from '../document/document-store.ts';

/** The keys of the text view. Undo is that of the document. Escape, then Tab leaves the text; Ctrl+M lets Tab do so for longer. */
export function textKeys(actions: DocumentActions): Extension {
  const step = (take: () => string | null) => () => {
    take();
    return true;
  };
  const keys: readonly KeyBinding[] = [
    { key: 'Mod-z', run: step(() => actions.undo()), preventDefault: true },
    { key: 'Mod-y', mac: 'Mod-Shift-z', run: step(() => actions.redo()), preventDefault: true },
    { linux: 'Ctrl-Shift-z', run: step(() => actions.redo()), preventDefault: true },
    { key: 'F8', run: nextDiagnostic, shift: previousDiagnostic },
    { key: 'Mod-.', run: fixHere },
    { key: 'Tab', run: indentMore, shift: indentLess },
    ...closeBracketsKeymap,
    ...searchKeymap,
    ...foldKeymap,
    ...completionKeymap,
    ...lintKeymap,
    ...defaultKeymap,
  ];
  return [Prec.high(keymap.of([{ key: 'Tab', run: acceptCompletion }])), keymap.of(keys)];
}

/** Takes the only way out of the problems in the cursor's line; of several it shows the list to choose from. */
function fixHere(view: EditorView): boolean {
  const line = view.state.doc.lineAt(view.state.selection.main.head);
  const fixes: { readonly action: Action; readonly from: number; readonly to: number }[] = [];
  forEachDiagnostic(view.state, ({ actions = [] }, from, to) => {
    if (from <= line.to && to >= line.from) fixes.push(...actions.map((action) => ({ action, from, to })));
  });
  const [only, second] = fixes;
  if (only === undefined) return false;
  if (second !== undefined) return openLintPanel(view);
  only.action.apply(view, only.from, only.to);
  return true;
}
