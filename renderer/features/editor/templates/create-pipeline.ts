import { toFailure, type Failure } from '#renderer/bridge/app-failure.ts';
import type { Bridge } from '#renderer/bridge/bridge.ts';
import { navigate } from '#renderer/ui/navigation/navigate.ts';
import type { ProjectId } from '#shared/lib/ids.ts';

/** Writes a new pipeline file and opens it in the editor; answers with why it could not. */
export async function createPipeline(
  { client, cache }: Bridge,
  projectId: ProjectId,
  file: string,
  text: string,
): Promise<Failure | null> {
  try {
    await client.pipeline.create({ projectId, file, text });
    cache.invalidate(['pipelines', projectId]);
    navigate({ screen: 'pipeline', projectId, file });
    return null;
  } catch (error) {
    return toFailure(error);
  }
}
