import { getChunks, goToNextChunk, goToPreviousChunk, MergeView, unifiedMergeView } from '@codemirror/merge';
import { EditorState, type Extension, type Text } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import type { PipelineDocument } from '../../document/document-store.ts';
import { toDoc } from '../../document/editor-state.ts';
import { yamlIndentation } from '../indentation.ts';
import { readingExtensions } from '../text-extensions.ts';
import { textKeys } from '../text-keys.ts';
import { diffTheme } from './diff-theme.ts';
import { expandToCursor } from './expand-lines.ts';
import { mirrorText } from './mirror-text.ts';

/** Both texts beside each other, or one with the removed lines in between. */
export type DiffLayout = 'side-by-side' | 'unified';

export interface MountedDiff {
  /** Puts the cursor into the next difference, or the one before. */
  go(step: 'next' | 'previous'): void;
  close(): void;
}

export interface DiffRequest {
  readonly document: PipelineDocument;
  /** With LF at the ends of lines. */
  readonly other: string;
  readonly label: string;
  readonly layout: DiffLayout;
  /** Told how many differences there are, at once and when that changes. */
  readonly onCount: (count: number) => void;
}

/** Unchanged lines that stay in view around a difference. */
const COLLAPSED = { margin: 3, minSize: 6 };
/** What differs so much that it takes longer than this is shown line by line. */
const DIFF_LIMITS = { scanLimit: 500, timeout: 150 };
const TAKE_BACK = 'Take this change back';

/** Shows a document's text against another one. What is changed or taken back here is changed in the document. */
export function mountDiff(parent: HTMLElement, request: DiffRequest): MountedDiff {
  const { document, onCount } = request;
  const mirror = mirrorText(document);
  const { editor, isReadOnly } = document.getState();
  const own: Extension = [
    keymap.of([{ key: 'F7', run: goToNextChunk, shift: goToPreviousChunk }]),
    textKeys(document.actions),
    readingExtensions,
    yamlIndentation,
    diffTheme,
    expandToCursor,
    EditorState.readOnly.of(isReadOnly),
    mirror.extension,
    EditorView.contentAttributes.of({
      'aria-label': 'Text of the pipeline',
      spellcheck: 'false',
      tabindex: '0',
    }),
    EditorView.updateListener.of(({ state }) => onCount(getChunks(state)?.chunks.length ?? 0)),
  ];
  const mounted =
    request.layout === 'unified'
      ? mountUnified(parent, editor.doc, own, request)
      : mountSides(parent, editor.doc, own, request);
  const { view } = mounted;
  const unfollow = mirror.follow(view);
  onCount(getChunks(view.state)?.chunks.length ?? 0);
  return {
    go(step) {
      const command = step === 'next' ? goToNextChunk : goToPreviousChunk;
      command(view);
      view.focus();
    },
    close() {
      unfollow();
      mounted.destroy();
    },
  };
}

interface Mounted {
  readonly view: EditorView;
  destroy(): void;
}

function mountUnified(
  parent: HTMLElement,
  doc: Text,
  own: Extension,
  { other, document }: DiffRequest,
): Mounted {
  const { isReadOnly } = document.getState();
  const merge = unifiedMergeView({
    original: toDoc(other),
    collapseUnchanged: COLLAPSED,
    diffConfig: DIFF_LIMITS,
    mergeControls: isReadOnly
      ? false
      : (type, action) =>
          type === 'reject' ? takeBackButton(action) : window.document.createElement('span'),
  });
  const view = new EditorView({ doc, parent, extensions: [own, merge] });
  return { view, destroy: () => view.destroy() };
}

function mountSides(parent: HTMLElement, doc: Text, own: Extension, request: DiffRequest): Mounted {
  const { other, label, document } = request;
  const sides = new MergeView({
    parent,
    a: {
      doc: toDoc(other),
      extensions: [
        readingExtensions,
        diffTheme,
        EditorState.readOnly.of(true),
        EditorState.lineSeparator.of('\n'),
        EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' }),
      ],
    },
    b: { doc, extensions: own },
    collapseUnchanged: COLLAPSED,
    diffConfig: DIFF_LIMITS,
    ...(!document.getState().isReadOnly && {
      revertControls: 'a-to-b',
      renderRevertControl: () => takeBackButton(null),
    }),
  });
  return { view: sides.b, destroy: () => sides.destroy() };
}

/** @param action null where the view around listens for the mouse by itself */
function takeBackButton(action: ((event: MouseEvent) => void) | null): HTMLElement {
  const button = window.document.createElement('button');
  button.type = 'button';
  button.title = TAKE_BACK;
  button.setAttribute('aria-label', TAKE_BACK);
  button.className = 'cm-takeBack';
  button.textContent = action === null ? '→' : 'Take back';
  button.addEventListener('click', (event) => {
    if (action !== null) action(event);
    // A key makes a click alone.
    else if (event.detail === 0) button.dispatchEvent(new MouseEvent('mousedown', { bubbles: true }));
  });
  return button;
}
