import { useEffect } from 'react';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { stayConnected } from '#renderer/bridge/stay-connected.ts';
import type { ProjectId } from '#shared/lib/ids.ts';

/** A pipeline file as the host reads it, kept in step with the disk while it is shown. */
export function usePipeline(projectId: ProjectId, file: string) {
  const { client, cache, connection } = useBridge();
  const pipeline = useRemote(['pipeline', projectId, file], (signal) =>
    client.pipeline.get({ projectId, file }, { signal }),
  );
  const { reload } = pipeline;
  useEffect(() => {
    const end = new AbortController();
    const { signal } = end;
    stayConnected(
      { connection, signal },
      () => client.pipeline.watch({ projectId, file }, { signal }),
      (view) => {
        cache.put(['pipeline', projectId, file], view);
        return false;
      },
      // What the host refuses to watch it refuses to read too: reading again shows why.
    ).catch(reload);
    return () => end.abort();
  }, [client, cache, connection, projectId, file, reload]);
  return pipeline;
}
