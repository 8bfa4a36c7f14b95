import { useEffect, useRef } from 'react';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import type { RunStory } from '#shared/api/report-schemas.ts';
import type { RunId } from '#shared/lib/ids.ts';

/**
 * What broke in a run, since when, who changed what, compared with the run before. Null until it is first known and
 * where it cannot be told; while it is told anew, what was known stays.
 * @param chapter as `chapterOf` (`story-chapter.ts`) has it
 */
export function useStory(runId: RunId, chapter: string): RunStory | null {
  const { client } = useBridge();
  const remote = useRemote(['story', runId], (signal) => client.report.story({ runId }, { signal }));
  const shown = useRef(chapter);
  const { reload } = remote;
  useEffect(() => {
    if (shown.current === chapter) return;
    shown.current = chapter;
    reload();
  }, [chapter, reload]);
  return remote.status === 'ready' ? remote.value : null;
}
