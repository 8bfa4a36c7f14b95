import { useCallback, useEffect, useRef } from 'react';
import { showToast } from '#renderer/ui/toast-store.ts';
import { usePipelineDocument } from './document/document-context.ts';
import { whenRead } from './document/when-read.ts';

/**
 * Does something with the file once its present text has been read, if it can be run then, and says why not else. Nothing
 * is done any more once the file is out of view. The function stays the same.
 */
export function useWhenRunnable(): (action: () => void) => void {
  const document = usePipelineDocument();
  const isInView = useRef(false);
  useEffect(() => {
    isInView.current = true;
    return () => {
      isInView.current = false;
    };
  }, []);
  return useCallback(
    (action) => {
      void whenRead(document).then(() => {
        if (!isInView.current) return;
        const { analysis, broken } = document.getState();
        if (broken === null && analysis?.runnable === true) action();
        else showToast({ ...WHY_NOT, key: 'not-runnable' });
      });
    },
    [document],
  );
}

const WHY_NOT = {
  tone: 'warning',
  title: 'The file has errors and cannot be run',
  body: 'Mend what the list of issues shows as errors first.',
} as const;
