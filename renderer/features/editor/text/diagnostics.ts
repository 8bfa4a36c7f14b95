import { setDiagnostics, type Action, type Diagnostic } from '@codemirror/lint';
import type { EditorState, TransactionSpec } from '@codemirror/state';
import type { EditorExplanation, EditorIssue, QuickFix } from '../document/analysis.ts';
import type { DocumentState } from '../document/document-store.ts';
import { wordsOf } from './words.ts';

/** What the text is marked with. */
export interface TextMark extends Pick<EditorIssue, 'start' | 'end' | 'message' | 'fixes'> {
  readonly severity: (EditorIssue | EditorExplanation)['severity'];
  /** A way out of an issue, or the reason of an explanation. */
  readonly more: string | null;
}

const SEVERITIES: Record<TextMark['severity'], Diagnostic['severity']> = {
  error: 'error',
  warning: 'warning',
  hint: 'hint',
  unsupported: 'info',
};

/** The issues and explanations of the newest text; null while it is not checked yet. */
export function marksOf({
  version,
  analysis,
  broken,
}: Pick<DocumentState, 'version' | 'analysis' | 'broken'>): readonly TextMark[] | null {
  if (broken !== null) return broken.version === version ? [issueMark(broken.issue)] : null;
  if (analysis?.version !== version) return null;
  return [
    ...analysis.issues.map(issueMark),
    ...analysis.explanations.map((explanation) => ({ ...explanation, more: explanation.why })),
  ];
}

function issueMark({ hint, ...issue }: EditorIssue): TextMark {
  return { ...issue, more: hint === null ? null : `${hint.charAt(0).toUpperCase()}${hint.slice(1)}` };
}

/** Marks issues and explanations in the text. @param onFix takes a way out that one of them offers */
export function markText(
  state: EditorState,
  marks: readonly TextMark[],
  onFix: (fix: QuickFix) => void,
): TransactionSpec {
  const { length } = state.doc;
  return setDiagnostics(
    state,
    marks.map((mark): Diagnostic => {
      const from = Math.min(mark.start, length);
      return {
        from,
        to: Math.min(Math.max(mark.end, from), length),
        severity: SEVERITIES[mark.severity],
        message: mark.more === null ? mark.message : `${mark.message} (${mark.more})`,
        renderMessage: () => messageOf(mark),
        actions: mark.fixes.map((fix): Action => ({ name: fix.title, apply: () => onFix(fix) })),
      };
    }),
  );
}

function messageOf({ message, more }: TextMark): Node {
  const element = document.createElement('div');
  element.append(wordsOf('div', message));
  if (more === null) return element;
  const words = wordsOf('div', more);
  words.className = 'cm-diagnosticHint';
  element.append(words);
  return element;
}
