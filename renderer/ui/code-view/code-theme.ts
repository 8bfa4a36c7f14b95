import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const look = EditorView.theme({
  '&': {
    height: '100%',
    background: 'var(--surface-page)',
    color: 'var(--text)',
    fontSize: 'var(--font-size-12)',
  },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '20px', fontFeatureSettings: "'calt' 0" },
  '.cm-content': { padding: 'var(--space-2) 0' },
  '.cm-line': { padding: '0 var(--space-4) 0 var(--space-2)' },
  '.cm-gutters': { border: 'none', background: 'var(--surface-page)', color: 'var(--text-faint)' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '36px', padding: '0 var(--space-2) 0 var(--space-3)' },
  '.cm-notes .cm-gutterElement': {
    minWidth: '44px',
    padding: '0 var(--space-2)',
    textAlign: 'right',
    color: 'var(--text-muted)',
  },
  '.cm-changes .cm-gutterElement': { width: '3px', padding: '0' },
  '.cm-changes .cm-changed': { background: 'var(--accent)' },
  '.cm-mark-covered': { background: 'color-mix(in oklab, var(--status-succeeded) 9%, transparent)' },
  '.cm-mark-uncovered': { background: 'var(--status-failed-soft)' },
  '.cm-mark-place': { background: 'var(--status-warning-soft)' },
  '.cm-mark-current': { boxShadow: 'inset 2px 0 0 var(--accent)' },
});

const colours = HighlightStyle.define([
  {
    tag: [tags.comment, tags.lineComment, tags.blockComment],
    color: 'var(--text-faint)',
    fontStyle: 'italic',
  },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: 'var(--status-succeeded)' },
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: 'var(--accent-text)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--status-warning)' },
  { tag: [tags.typeName, tags.className, tags.tagName], color: 'var(--status-running)' },
  {
    tag: [tags.definition(tags.variableName), tags.function(tags.variableName)],
    color: 'var(--status-running)',
  },
  { tag: [tags.meta, tags.annotation, tags.processingInstruction], color: 'var(--status-waiting)' },
]);

/** The look of source texts that are read, not edited; the tokens bring dark and light. */
export const codeTheme: Extension = [look, syntaxHighlighting(colours)];
