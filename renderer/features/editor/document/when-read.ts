import type { PipelineDocument } from './document-store.ts';

/** Resolves once the present text has been read, or a later one; also when it could not be. */
export function whenRead(document: PipelineDocument): Promise<void> {
  const { version } = document.getState();
  const isRead = (): boolean => {
    const { analysis, broken } = document.getState();
    return (analysis?.version ?? -1) >= version || (broken?.version ?? -1) >= version;
  };
  if (isRead()) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = document.subscribe(() => {
      if (!isRead()) return;
      stop();
      resolve();
    });
  });
}
