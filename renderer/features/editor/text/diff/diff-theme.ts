import { EditorView } from '@codemirror/view';

const ADDED = 'var(--status-succeeded-soft)';
const REMOVED = 'var(--status-failed-soft)';
/** A line below, since text of any colour must be readable on its ground. */
const underlined = (colour: string): string =>
  `linear-gradient(${colour}, ${colour}) bottom / 100% 1px no-repeat`;

/** Differences: added text on the ground of what succeeded, removed text on that of what failed. */
export const diffTheme = EditorView.theme({
  '&.cm-merge-a .cm-changedLine, .cm-deletedChunk': { backgroundColor: REMOVED },
  '&.cm-merge-b .cm-changedLine, .cm-inlineChangedLine': { backgroundColor: ADDED },
  // Comments are faint, which is too little on a coloured ground.
  '.cm-changedLine, .cm-inlineChangedLine, .cm-deletedChunk': { '--text-faint': 'var(--text-muted)' },
  '&.cm-merge-a .cm-changedText, .cm-deletedChunk .cm-deletedText': {
    background: underlined('var(--status-failed)'),
  },
  '&.cm-merge-b .cm-changedText': { background: underlined('var(--status-succeeded)') },
  '&.cm-merge-a .cm-changedLineGutter, .cm-deletedLineGutter': { background: 'var(--status-failed)' },
  '&.cm-merge-b .cm-changedLineGutter': { background: 'var(--status-succeeded)' },
  '.cm-deletedChunk': { paddingLeft: 'var(--space-2)' },
  '.cm-deletedChunk .cm-chunkButtons': { insetInlineEnd: 'var(--space-4)' },
  '.cm-collapsedLines': {
    padding: '2px var(--space-3)',
    background: 'var(--surface-frame)',
    color: 'var(--text-muted)',
    fontFamily: 'var(--font-sans)',
    fontSize: 'var(--font-size-12)',
  },
  '.cm-collapsedLines:before, .cm-collapsedLines:after': { content: '""', margin: '0' },
});
