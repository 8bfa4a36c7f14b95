import { closeBrackets } from '@codemirror/autocomplete';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, codeFolding, foldGutter, indentOnInput } from '@codemirror/language';
import { lintGutter, linter } from '@codemirror/lint';
import { highlightSelectionMatches, search } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import {
  crosshairCursor,
  drawSelection,
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  lineNumbers,
  rectangularSelection,
} from '@codemirror/view';
import { yamlHighlight } from './highlight.ts';
import { yamlIndentation } from './indentation.ts';
import { PHRASES } from './phrases.ts';
import { scalarMarks } from './scalar-marks.ts';
import { textTheme } from './theme.ts';

/** What every view of a pipeline's text looks like, whether or not it can be changed. */
export const readingExtensions: readonly Extension[] = [
  lineNumbers(),
  foldGutter({ openText: '⌄', closedText: '›' }),
  codeFolding(),
  highlightSpecialChars(),
  drawSelection(),
  EditorState.phrases.of(PHRASES),
  EditorState.tabSize.of(2),
  yaml(),
  yamlHighlight,
  scalarMarks,
  search({ top: true }),
  highlightSelectionMatches({ minSelectionLength: 2 }),
  textTheme,
];

/** What a view needs beyond that in which people write. */
export const writingExtensions: readonly Extension[] = [
  yamlIndentation,
  EditorState.allowMultipleSelections.of(true),
  dropCursor(),
  rectangularSelection(),
  crosshairCursor(),
  bracketMatching(),
  closeBrackets(),
  indentOnInput(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  lintGutter(),
  linter(null),
  EditorView.contentAttributes.of({
    'aria-label': 'Text of the pipeline',
    spellcheck: 'false',
    tabindex: '0',
  }),
];
