import { useMemo } from 'react';
import type { PipelineView } from '#shared/api/schemas.ts';
import { useDocument, usePipelineDocument } from './document/document-context.ts';
import type { DocumentState } from './document/document-store.ts';

const selectRead = ({ analysis, broken }: DocumentState) => ({ analysis, broken });

/** The document as the host would tell of it, saved or not; null until it was read for the first time. */
export function usePipelineView(): PipelineView | null {
  const document = usePipelineDocument();
  const { analysis, broken } = useDocument(selectRead);
  return useMemo(() => {
    if (analysis === null && broken === null) return null;
    const { file, editor } = document.getState();
    return {
      file,
      name: analysis?.name ?? null,
      // What was read, or a newer text that is going to be read next.
      text: editor.doc.toString(),
      issues: broken === null ? [...(analysis?.issues ?? [])] : [broken.issue],
      inputs: [...(analysis?.inputs ?? [])],
      stages: (analysis?.stages ?? []).filter(({ scope }) => scope === null),
      triggers: [...(analysis?.triggers ?? [])],
      runnable: broken === null && (analysis?.runnable ?? false),
    };
  }, [document, analysis, broken]);
}
