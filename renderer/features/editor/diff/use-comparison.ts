import { useEffect, useState } from 'react';
import { useDocument, usePipelineDocument } from '../document/document-context.ts';
import type { DocumentState } from '../document/document-store.ts';
import type { ComparisonAnswer } from './comparison.ts';
import { requestComparison } from './request-comparison.ts';

/** From a keystroke to the next comparison. */
const TYPING_PAUSE_MS = 250;

const selectVersion = ({ version }: DocumentState) => version;

export interface ComparisonOfDocument {
  /** What the document was compared with. */
  readonly before: string;
  /** Its own text then. */
  readonly after: string;
  readonly answer: ComparisonAnswer;
}

/** What differs between a text and the document's, which may be a moment old; null until the first answer. */
export function useComparison(before: string | null): ComparisonOfDocument | null {
  const document = usePipelineDocument();
  const version = useDocument(selectVersion);
  const [compared, setCompared] = useState<ComparisonOfDocument | null>(null);
  const isOther = compared?.before !== before;
  useEffect(() => {
    if (before === null) return undefined;
    let isCurrent = true;
    const compare = async (): Promise<void> => {
      const after = document.getState().editor.doc.toString();
      const answer = await requestComparison(before, after).catch(failed);
      if (answer !== null && isCurrent) setCompared({ before, after, answer });
    };
    const timer = setTimeout(() => void compare(), isOther ? 0 : TYPING_PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
    // Another answer is no reason to ask again.
  }, [document, before, version, isOther]);
  return isOther ? null : compared;
}

const failed = (error: unknown): ComparisonAnswer => ({
  ok: false,
  side: 'after',
  message: error instanceof Error ? error.message : String(error),
});
