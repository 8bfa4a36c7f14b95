import { setDiagnostics, type Action, type Diagnostic } from '@codemirror/lint';
import type { EditorState, TransactionSpec } from '@codemirror/state';
import type { IssueSeverity } from '#shared/lib/issue.ts';
import type { EditorIssue, QuickFix } from '../document/analysis.ts';
import type { DocumentState } from '../document/document-store.ts';
import { wordsOf } from './words.ts';

const SEVERITIES: Record<IssueSeverity, Diagnostic['severity']> = {
  error: 'error',
  warning: 'warning',
  unsupported: 'info',
};

/** The issues of the newest text; null while it is not checked yet. */
export function issuesOf({ version, analysis, broken }: DocumentState): readonly EditorIssue[] | null {
  if (broken !== null) return broken.version === version ? [broken.issue] : null;
  return analysis?.version === version ? analysis.issues : null;
}

/** Marks issues in the text. @param onFix takes a way out that an issue offers */
export function markIssues(
  state: EditorState,
  issues: readonly EditorIssue[],
  onFix: (fix: QuickFix) => void,
): TransactionSpec {
  const { length } = state.doc;
  return setDiagnostics(
    state,
    issues.map((issue): Diagnostic => {
      const from = Math.min(issue.start, length);
      return {
        from,
        to: Math.min(Math.max(issue.end, from), length),
        severity: SEVERITIES[issue.severity],
        message: issue.hint === null ? issue.message : `${issue.message} (${issue.hint})`,
        renderMessage: () => messageOf(issue),
        actions: issue.fixes.map((fix): Action => ({ name: fix.title, apply: () => onFix(fix) })),
      };
    }),
  );
}

function messageOf({ message, hint }: EditorIssue): Node {
  const element = document.createElement('div');
  element.append(wordsOf('div', message));
  if (hint === null) return element;
  const more = wordsOf('div', `${hint.charAt(0).toUpperCase()}${hint.slice(1)}`);
  more.className = 'cm-diagnosticHint';
  element.append(more);
  return element;
}
