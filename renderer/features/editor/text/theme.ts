import { EditorView } from '@codemirror/view';

const FOCUS_RING = { outline: '2px solid var(--focus)', outlineOffset: '-2px' };
const FLOAT = {
  border: '1px solid var(--border)',
  borderRadius: 'var(--radius)',
  background: 'var(--surface-float)',
  color: 'var(--text)',
  boxShadow: 'var(--shadow-float)',
  fontFamily: 'var(--font-sans)',
  fontSize: 'var(--font-size-12)',
};
const CONTROL = {
  height: 'var(--control-small)',
  padding: '0 var(--space-2)',
  border: '1px solid var(--border-strong)',
  borderRadius: 'var(--radius-small)',
  background: 'var(--surface-page)',
  color: 'var(--text)',
  fontFamily: 'inherit',
  fontSize: 'inherit',
};

/** The look of texts, of what floats over them and of their panels; the tokens bring dark and light. */
export const textTheme = EditorView.theme({
  '&': {
    height: '100%',
    background: 'var(--surface-page)',
    color: 'var(--text)',
    fontSize: 'var(--font-size-13)',
  },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '20px', fontFeatureSettings: "'calt' 0" },
  '.cm-content': { padding: 'var(--space-2) 0', caretColor: 'var(--text)' },
  '.cm-line': { padding: '0 var(--space-4) 0 var(--space-2)' },
  '.cm-cursor, .cm-dropCursor': { borderLeft: '2px solid var(--accent-text)', marginLeft: '-1px' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'color-mix(in oklab, var(--accent) 28%, transparent)',
  },
  '.cm-activeLine': { background: 'var(--hover)' },
  '.cm-gutters': {
    border: 'none',
    background: 'var(--surface-page)',
    color: 'var(--text-faint)',
    fontSize: 'var(--font-size-12)',
  },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '36px', padding: '0 var(--space-2) 0 var(--space-1)' },
  '.cm-activeLineGutter': { background: 'transparent', color: 'var(--text)' },
  '.cm-foldGutter .cm-gutterElement': { width: '14px', cursor: 'pointer', textAlign: 'center' },
  '.cm-foldPlaceholder': {
    margin: '0 var(--space-1)',
    padding: '0 var(--space-1)',
    border: '1px solid var(--border)',
    borderRadius: 'var(--radius-small)',
    background: 'var(--surface-frame)',
    color: 'var(--text-muted)',
  },
  '&.cm-focused .cm-matchingBracket': {
    background: 'var(--selected)',
    boxShadow: '0 0 0 1px var(--border-strong)',
  },
  '&.cm-focused .cm-nonmatchingBracket': { background: 'var(--status-failed-soft)' },
  '.cm-selectionMatch': { background: 'var(--pressed)' },
  '.cm-searchMatch': {
    background: 'var(--status-warning-soft)',
    boxShadow: '0 0 0 1px var(--status-warning)',
  },
  '.cm-searchMatch-selected': { background: 'var(--accent-soft)', boxShadow: '0 0 0 1px var(--accent)' },

  // What is chosen on the canvas or in the form.
  '.cm-chosenStage': { boxShadow: 'inset 2px 0 0 var(--border-strong)' },
  '.cm-chosenElsewhere': { background: 'var(--selected)', boxShadow: 'inset 2px 0 0 var(--accent)' },

  '.cm-tooltip': FLOAT,
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    maxHeight: '264px',
    minWidth: '220px',
    padding: 'var(--space-1)',
    fontFamily: 'var(--font-sans)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    display: 'flex',
    alignItems: 'baseline',
    gap: 'var(--space-3)',
    padding: '3px var(--space-2)',
    borderRadius: 'var(--radius-small)',
    lineHeight: '18px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    background: 'var(--selected)',
    color: 'var(--text)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > completion-section': {
    display: 'block',
    padding: 'var(--space-1) var(--space-2)',
    border: 'none',
    color: 'var(--text-faint)',
    opacity: '1',
  },
  '.cm-completionLabel': { fontFamily: 'var(--font-mono)' },
  '.cm-completionMatchedText': { textDecoration: 'none', color: 'var(--accent-text)' },
  '.cm-completionDetail': {
    flex: '1',
    margin: '0',
    overflow: 'hidden',
    color: 'var(--text-faint)',
    fontStyle: 'normal',
    textAlign: 'right',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  'li[aria-selected] > .cm-completionDetail': { color: 'var(--text-muted)' },
  '.cm-tooltip.cm-completionInfo': { ...FLOAT, maxWidth: '340px', padding: 'var(--space-2) var(--space-3)' },
  '.cm-explanation': { maxWidth: '420px', padding: 'var(--space-2) var(--space-3)', lineHeight: '18px' },
  '.cm-completionInfo .cm-explanation': { padding: '0' },
  '.cm-explanation-title': { fontFamily: 'var(--font-mono)', fontWeight: 'var(--weight-strong)' },
  '.cm-explanation-type': { marginLeft: 'var(--space-2)', color: 'var(--text-faint)' },
  '.cm-explanation p': { margin: 'var(--space-1) 0 0' },
  '.cm-explanation dl': {
    display: 'grid',
    gridTemplateColumns: 'max-content 1fr',
    gap: '2px var(--space-3)',
    margin: 'var(--space-2) 0 0',
  },
  '.cm-explanation dt': { color: 'var(--text-faint)' },
  '.cm-explanation dd': { margin: '0', overflowWrap: 'anywhere' },
  '.cm-explanation code, .cm-explanation pre': { fontFamily: 'var(--font-mono)' },
  '.cm-explanation pre': {
    margin: 'var(--space-2) 0 0',
    padding: 'var(--space-2)',
    borderRadius: 'var(--radius-small)',
    background: 'var(--surface-frame)',
    whiteSpace: 'pre-wrap',
  },

  '.cm-lintRange-error': underlined('var(--status-failed)'),
  '.cm-lintRange-warning': underlined('var(--status-warning)'),
  '.cm-lintRange-info, .cm-lintRange-hint': underlined('var(--status-neutral)'),
  '.cm-lintRange-active': { background: 'var(--selected)' },
  '.cm-gutter-lint': { width: '16px' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '4px 2px' },
  '.cm-lint-marker': { width: '12px', height: '12px', content: 'normal' },
  '.cm-lint-marker-error': sign(
    'var(--status-failed)',
    'polygon(30% 0, 70% 0, 100% 30%, 100% 70%, 70% 100%, 30% 100%, 0 70%, 0 30%)',
  ),
  '.cm-lint-marker-warning': sign('var(--status-warning)', 'polygon(50% 4%, 100% 94%, 0 94%)'),
  '.cm-lint-marker-info, .cm-lint-marker-hint': sign('var(--status-neutral)', 'circle(36%)'),
  '.cm-tooltip-lint': { maxWidth: '480px', padding: 'var(--space-1) 0' },
  '.cm-diagnostic': { padding: 'var(--space-1) var(--space-3)', marginLeft: '0', lineHeight: '18px' },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--status-failed)' },
  '.cm-diagnostic-warning': { borderLeft: '3px solid var(--status-warning)' },
  '.cm-diagnostic-info, .cm-diagnostic-hint': { borderLeft: '3px solid var(--status-neutral)' },
  '.cm-diagnosticHint': { color: 'var(--text-muted)' },
  '.cm-diagnosticAction': {
    ...CONTROL,
    display: 'inline-flex',
    alignItems: 'center',
    margin: 'var(--space-1) var(--space-2) var(--space-1) 0',
    background: 'var(--surface-page)',
  },
  '.cm-diagnosticAction:hover': { background: 'var(--hover)' },
  '.cm-panels': {
    background: 'var(--surface-frame)',
    color: 'var(--text)',
    fontFamily: 'var(--font-sans)',
    fontSize: 'var(--font-size-12)',
  },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--border)' },
  '.cm-panels.cm-panels-bottom': { borderTop: '1px solid var(--border)' },
  '.cm-panel.cm-search, .cm-dialog': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: 'var(--space-1) var(--space-2)',
    padding: 'var(--space-2) var(--space-8) var(--space-2) var(--space-3)',
  },
  '.cm-panel.cm-search br': { display: 'block', flexBasis: '100%', height: '0', content: '""' },
  '.cm-panel.cm-search label': {
    display: 'inline-flex',
    alignItems: 'center',
    gap: 'var(--space-1)',
    margin: '0',
    fontSize: 'inherit',
  },
  '.cm-panel.cm-search input[type=checkbox]': { margin: '0', accentColor: 'var(--accent)' },
  '.cm-textfield': { ...CONTROL, width: '220px', margin: '0', fontFamily: 'var(--font-mono)' },
  '.cm-textfield:focus-visible, .cm-button:focus-visible': FOCUS_RING,
  '.cm-button': { ...CONTROL, margin: '0', backgroundImage: 'none' },
  '.cm-button:hover': { backgroundColor: 'var(--hover)' },
  '.cm-button:active': { backgroundColor: 'var(--pressed)', backgroundImage: 'none' },
  '.cm-panel.cm-search [name=close], .cm-panel.cm-panel-lint [name=close], .cm-dialog-close': {
    top: 'var(--space-2)',
    right: 'var(--space-2)',
    width: 'var(--control-small)',
    height: 'var(--control-small)',
    color: 'var(--text-muted)',
    fontSize: 'var(--font-size-16)',
  },
  '.cm-panel.cm-panel-lint ul [aria-selected]': { background: 'var(--selected)' },
  '.cm-panel.cm-panel-lint ul:focus [aria-selected]': { background: 'var(--selected)' },
});

function underlined(colour: string) {
  return {
    backgroundImage: 'none',
    textDecoration: `underline wavy ${colour} 1px`,
    textUnderlineOffset: '3px',
    textDecorationSkipInk: 'none',
  };
}

/** A gutter mark: each severity has a shape of its own. */
function sign(background: string, clipPath: string) {
  return { background, clipPath };
}
