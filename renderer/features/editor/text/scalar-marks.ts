import { syntaxTree } from '@codemirror/language';
import { RangeSetBuilder, type EditorState, type Range } from '@codemirror/state';
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view';
import { findExpressions } from '#shared/expressions/find-expressions.ts';
import { expressionTokens, type ScalarToken, type ScalarTokenKind } from './expression-tokens.ts';
import { shellTokens } from './shell-tokens.ts';

const KINDS: Record<ScalarTokenKind, Decoration> = {
  mark: Decoration.mark({ class: 'cm-scalar-mark' }),
  context: Decoration.mark({ class: 'cm-scalar-context' }),
  function: Decoration.mark({ class: 'cm-scalar-function' }),
  string: Decoration.mark({ class: 'cm-scalar-string' }),
  number: Decoration.mark({ class: 'cm-scalar-number' }),
  comment: Decoration.mark({ class: 'cm-scalar-comment' }),
  keyword: Decoration.mark({ class: 'cm-scalar-keyword' }),
  variable: Decoration.mark({ class: 'cm-scalar-variable' }),
};
const EXPRESSION = Decoration.mark({ class: 'cm-scalar-expression' });

const PLAIN_VALUE = /^(?:true|false|null|~|-?\d+(?:\.\d+)?(?:ms|s|m|h|d|[kKMGT]i?B?)?)$/;
const SCRIPT_KEYS: ReadonlySet<string> = new Set(['run', 'command', 'script', 'success', 'failure', 'cmd']);
/** Longer scalars have no colours of their own. */
const LONGEST = 20_000;

/** Colours what stands inside of scalars that are in view: expressions, numbers, shell scripts. */
export const scalarMarks = [
  ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;
      #tree: unknown;

      constructor(view: EditorView) {
        this.#tree = syntaxTree(view.state);
        this.decorations = marksIn(view);
      }

      update(update: ViewUpdate): void {
        const tree = syntaxTree(update.state);
        if (!update.docChanged && !update.viewportChanged && tree === this.#tree) return;
        this.#tree = tree;
        this.decorations = marksIn(update.view);
      }
    },
    { decorations: (plugin) => plugin.decorations },
  ),
  EditorView.baseTheme({
    '.cm-scalar-expression': {
      borderRadius: '3px',
      background: 'var(--hover)',
      color: 'var(--text)',
    },
    '.cm-scalar-mark': { color: 'var(--text-muted)' },
    '.cm-scalar-context, .cm-scalar-context > span': { color: 'var(--status-waiting)' },
    '.cm-scalar-function, .cm-scalar-function > span': { color: 'var(--status-running)' },
    '.cm-scalar-string, .cm-scalar-string > span': { color: 'var(--status-succeeded)' },
    '.cm-scalar-number, .cm-scalar-number > span': { color: 'var(--status-warning)' },
    '.cm-scalar-comment, .cm-scalar-comment > span': { color: 'var(--text-faint)', fontStyle: 'italic' },
    '.cm-scalar-keyword, .cm-scalar-keyword > span': { color: 'var(--status-running)' },
    '.cm-scalar-variable, .cm-scalar-variable > span': { color: 'var(--status-waiting)' },
  }),
];

function marksIn({ state, visibleRanges }: EditorView): DecorationSet {
  const ranges: Range<Decoration>[] = [];
  let done = -1;
  for (const { from, to } of visibleRanges) {
    syntaxTree(state).iterate({
      from,
      to,
      enter: (node) => {
        const isBlock = node.name === 'BlockLiteralContent';
        if (!isBlock && node.name !== 'Literal' && node.name !== 'QuotedLiteral') return;
        // A scalar between two visible ranges is met twice.
        if (node.from <= done || node.node.parent?.name === 'Key') return;
        done = node.from;
        if (node.to - node.from > LONGEST) return;
        const key = keyOf(state, node.node);
        ranges.push(...scalarRanges(state, node.from, node.to, key, isBlock));
      },
    });
  }
  return build(ranges);
}

interface TreeNode {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly parent: TreeNode | null;
  readonly firstChild: TreeNode | null;
}

/** The key that a scalar is the value of. */
function keyOf(state: EditorState, scalar: TreeNode): string | null {
  const parent = scalar.parent?.name === 'BlockLiteral' ? scalar.parent.parent : scalar.parent;
  const key = parent?.name === 'Pair' ? parent.firstChild : null;
  return key?.name === 'Key' ? state.sliceDoc(key.from, key.to) : null;
}

function scalarRanges(
  state: EditorState,
  from: number,
  to: number,
  key: string | null,
  isBlock: boolean,
): Range<Decoration>[] {
  const text = state.sliceDoc(from, to);
  const ranges: Range<Decoration>[] = [];
  const add = (tokens: readonly ScalarToken[], shift: number): void => {
    for (const { kind, start, end } of tokens) ranges.push(KINDS[kind].range(shift + start, shift + end));
  };
  const expressions = text.includes('${{') ? findExpressions(text) : [];
  for (const { start, end } of expressions) {
    ranges.push(EXPRESSION.range(from + start, from + end));
    add(expressionTokens(text.slice(start, end)), from + start);
  }
  if (key === 'if' && expressions.length === 0) add(expressionTokens(text), from);
  else if (isBlock && key !== null && SCRIPT_KEYS.has(key)) {
    let at = from;
    for (const line of text.split('\n')) {
      add(shellTokens(line), at);
      at += line.length + 1;
    }
  } else if (PLAIN_VALUE.test(text)) ranges.push(KINDS.number.range(from, to));
  return ranges;
}

function build(ranges: Range<Decoration>[]): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to, value } of ranges.sort((a, b) => a.from - b.from || b.to - a.to)) {
    builder.add(from, to, value);
  }
  return builder.finish();
}
