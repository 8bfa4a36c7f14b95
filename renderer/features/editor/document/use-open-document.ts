import { useCallback, useEffect, useState } from 'react';
import { toFailure, type Failure } from '#renderer/bridge/app-failure.ts';
import { useBridge } from '#renderer/bridge/bridge-context.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import type { PipelineDocument } from './document-store.ts';
import { borrowDocument } from './open-documents.ts';

export type OpenDocument =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly failure: Failure }
  | { readonly status: 'ready'; readonly document: PipelineDocument };

const LOADING: OpenDocument = { status: 'loading' };

/** The document of a file for as long as the component is mounted. Give the component a key that names the file. */
export function useOpenDocument(
  projectId: ProjectId,
  file: string,
): readonly [OpenDocument, retry: () => void] {
  const bridge = useBridge();
  const [state, setState] = useState(LOADING);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const { opened, release } = borrowDocument(bridge, projectId, file);
    let isGone = false;
    const show = (next: OpenDocument): void => {
      if (!isGone) setState(next);
    };
    opened.then(
      (document) => show({ status: 'ready', document }),
      (error: unknown) => show({ status: 'failed', failure: toFailure(error) }),
    );
    return () => {
      isGone = true;
      release();
    };
  }, [bridge, projectId, file, tries]);
  const retry = useCallback(() => setTries((count) => count + 1), []);
  return [state, retry];
}
