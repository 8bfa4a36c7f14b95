import { useCallback } from 'react';
import { openNewPipeline } from '#renderer/features/editor/templates/new-pipeline.ts';
import { launchRun } from '#renderer/features/editor/run/launch-run.ts';
import { ProjectScreen } from '#renderer/features/projects/project-screen.tsx';
import { ProjectsScreen } from '#renderer/features/projects/projects-screen.tsx';
import { useProject } from '#renderer/features/projects/use-projects.ts';
import { toFailure } from '#renderer/bridge/app-failure.ts';
import { useBridge } from '#renderer/bridge/bridge-context.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import { lazyPart } from '#renderer/ui/lazy-part.ts';
import { showFailure } from './show-failure.ts';

const EditorScreen = lazyPart(
  async () => (await import('#renderer/features/editor/editor-screen.tsx')).EditorScreen,
);
const FirstPipeline = lazyPart(
  async () => (await import('#renderer/features/editor/templates/first-pipeline.tsx')).FirstPipeline,
);
const HistoryScreen = lazyPart(
  async () => (await import('#renderer/features/history/history-screen.tsx')).HistoryScreen,
);

// Screens with what they need of another feature.

export function ProjectsPlace() {
  const { client } = useBridge();
  const onNewPipeline = useCallback(
    (projectId: ProjectId) => {
      client.project.pipelines({ projectId }).then(
        // A folder without one offers the templates by itself.
        (files) => files.length > 0 && openNewPipeline(projectId),
        (error: unknown) => showFailure(toFailure(error)),
      );
    },
    [client],
  );
  return <ProjectsScreen onNewPipeline={onNewPipeline} />;
}

export function ProjectPlace({ projectId }: { readonly projectId: ProjectId }) {
  const bridge = useBridge();
  const onRun = useCallback(
    (file: string) => void launchRun(bridge, { projectId, file }),
    [bridge, projectId],
  );
  return (
    <ProjectScreen
      projectId={projectId}
      onRun={onRun}
      onNewPipeline={() => openNewPipeline(projectId)}
      renderFirst={(onLookAgain) => <FirstPipeline projectId={projectId} onLookAgain={onLookAgain} />}
    />
  );
}

export function PipelinePlace({ projectId, file }: { readonly projectId: ProjectId; readonly file: string }) {
  const bridge = useBridge();
  const onRun = useCallback(
    (withOptions: boolean) => void launchRun(bridge, { projectId, file, withOptions }),
    [bridge, projectId, file],
  );
  return <EditorScreen projectId={projectId} file={file} onRun={onRun} />;
}

export function HistoryPlace({ projectId }: { readonly projectId: ProjectId | undefined }) {
  const project = useProject(projectId ?? null);
  return (
    <HistoryScreen
      projectId={projectId}
      projectName={project.status === 'ready' ? project.value.name : undefined}
    />
  );
}
