import { useCallback, useEffect, useState } from 'react';
import { toFailure, type Failure } from '#renderer/bridge/app-failure.ts';
import { useBridge } from '#renderer/bridge/bridge-context.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import type { PipelineDocument } from './document-store.ts';
import { openFile, useTabs } from './open-files.ts';

export type OpenDocument =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly failure: Failure }
  | { readonly status: 'ready'; readonly document: PipelineDocument };

/**
 * The document of a file, which gets a tab; the project's tabs of an earlier session are read with it. Give the component
 * a key that names the file.
 */
export function useOpenDocument(
  projectId: ProjectId,
  file: string,
): readonly [OpenDocument, retry: () => void] {
  const bridge = useBridge();
  const tabs = useTabs(projectId);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let isGone = false;
    openFile(bridge, { projectId, file }).then(
      () => undefined,
      (error: unknown) => {
        if (!isGone) setFailure(toFailure(error));
      },
    );
    return () => {
      isGone = true;
    };
  }, [bridge, projectId, file, tries]);
  const unread = tabs.find((tab) => tab.document === null && tab.file !== file);
  useEffect(() => {
    // A file that is gone loses its tab, and no more.
    if (unread !== undefined) openFile(bridge, unread).catch(() => undefined);
  }, [bridge, unread]);
  const retry = useCallback(() => {
    setFailure(null);
    setTries((count) => count + 1);
  }, []);
  const document = tabs.find((tab) => tab.file === file)?.document ?? null;
  if (document !== null) return [{ status: 'ready', document }, retry];
  return [failure === null ? { status: 'loading' } : { status: 'failed', failure }, retry];
}
