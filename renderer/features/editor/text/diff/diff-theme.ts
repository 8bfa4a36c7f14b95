import { EditorView } from '@codemirror/view';

const ADDED = 'var(--status-succeeded-soft)';
const REMOVED = 'var(--status-failed-soft)';
const stronger = (colour: string): string => `color-mix(in oklab, ${colour} 26%, transparent)`;

/** Differences: added text on the ground of what succeeded, removed text on that of what failed. */
export const diffTheme = EditorView.theme({
  '&.cm-merge-a .cm-changedLine, .cm-deletedChunk': { backgroundColor: REMOVED },
  '&.cm-merge-b .cm-changedLine, .cm-inlineChangedLine': { backgroundColor: ADDED },
  '&.cm-merge-a .cm-changedText, .cm-deletedChunk .cm-deletedText': {
    borderRadius: '2px',
    background: stronger('var(--status-failed)'),
  },
  '&.cm-merge-b .cm-changedText': { borderRadius: '2px', background: stronger('var(--status-succeeded)') },
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
