import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import type { ProjectId } from '#shared/lib/ids.ts';

/** Every project, the one opened last first. */
export function useProjects() {
  const { client } = useBridge();
  return useRemote(['projects', 'list'], (signal) => client.project.list(undefined, { signal }));
}

/** One project, by id. */
export function useProject(projectId: ProjectId | null) {
  const { client } = useBridge();
  return useRemote(projectId === null ? null : ['projects', 'one', projectId], (signal) =>
    client.project.get({ projectId: projectId! }, { signal }),
  );
}

/** The pipeline files of a project, the main one first. */
export function useProjectPipelines(projectId: ProjectId | null) {
  const { client } = useBridge();
  return useRemote(projectId === null ? null : ['pipelines', projectId], (signal) =>
    client.project.pipelines({ projectId: projectId! }, { signal }),
  );
}
