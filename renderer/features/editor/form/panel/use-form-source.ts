import type { EditorIssue } from '../../document/analysis.ts';
import { useDocument } from '../../document/document-context.ts';
import type { DocumentState } from '../../document/document-store.ts';

const NO_ISSUES: readonly EditorIssue[] = [];

const selectSource = ({ analysis, broken, isReadOnly }: DocumentState) => ({
  /** The plain value of the file. */
  root: analysis?.value ?? null,
  issues: analysis?.issues ?? NO_ISSUES,
  /** While the text cannot be read, the form shows what was read last. */
  isReadOnly: isReadOnly || broken !== null,
});

/** What forms are made of: the file as it was read last. */
export const useFormSource = () => useDocument(selectSource);
