import { FilePlus, FlaskConical, FolderOpen, FolderSearch, ListX } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Project } from '#shared/api/schemas.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import { useBridge } from '#renderer/bridge/bridge-context.ts';
import { Button } from '#renderer/ui/button.tsx';
import { DataTable } from '#renderer/ui/data-table.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { FailureState } from '#renderer/ui/failure-state.tsx';
import type { MenuEntry } from '#renderer/ui/menu-entry.ts';
import { navigate } from '#renderer/ui/navigation/navigate.ts';
import { PageHeader } from '#renderer/ui/page-header.tsx';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import { showToast } from '#renderer/ui/toast-store.ts';
import { openFolder } from './open-folder.ts';
import { projectColumns } from './project-columns.tsx';
import { trySample } from './try-sample.ts';
import { useProjects } from './use-projects.ts';

export interface ProjectsScreenProps {
  /** Offers templates for a project that was just opened. */
  readonly onNewPipeline: (projectId: ProjectId) => void;
}

/** All projects, and the ways to a first one. */
export function ProjectsScreen({ onNewPipeline }: ProjectsScreenProps) {
  const bridge = useBridge();
  const projects = useProjects();
  const [trying, setTrying] = useState(false);

  const columns = useMemo(() => {
    const remove = async ({ id, name, dir }: Project): Promise<void> => {
      await bridge.client.project.remove({ projectId: id });
      bridge.cache.invalidate(['projects']);
      showToast({
        title: `${name} is off the list`,
        body: 'Its folder and its runs stay as they are.',
        action: {
          label: 'Undo',
          run: () =>
            void bridge.client.project.add({ dir }).then(() => bridge.cache.invalidate(['projects'])),
        },
      });
    };
    return projectColumns((project): MenuEntry[] => [
      {
        label: 'Open',
        icon: <FolderOpen size={14} />,
        onSelect: () => navigate({ screen: 'project', projectId: project.id }),
      },
      ...(bridge.desktop === undefined
        ? []
        : [
            {
              label: 'Show in file manager',
              icon: <FolderSearch size={14} />,
              disabled: !project.exists,
              onSelect: () => void bridge.desktop?.reveal(project.dir),
            },
          ]),
      { type: 'separator' },
      { label: 'Remove from list', icon: <ListX size={14} />, onSelect: () => void remove(project) },
    ]);
  }, [bridge]);

  const sample = async (): Promise<void> => {
    setTrying(true);
    const failure = await trySample(bridge);
    setTrying(false);
    if (failure !== null) {
      showToast({
        tone: 'failed',
        title: failure.message,
        ...(failure.hint === null ? {} : { body: failure.hint }),
      });
    }
  };
  const openButton = (
    <Button variant="primary" icon={<FolderOpen size={14} />} onClick={() => void openFolder(bridge)}>
      Open a folder
    </Button>
  );
  const sampleButton = (
    <Button icon={<FlaskConical size={14} />} busy={trying} onClick={() => void sample()}>
      Try the sample
    </Button>
  );
  const newButton = (
    <Button icon={<FilePlus size={14} />} onClick={() => void openFolder(bridge, onNewPipeline)}>
      New from template
    </Button>
  );

  if (projects.status === 'failed')
    return <FailureState failure={projects.failure} onRetry={projects.reload} />;
  if (projects.status === 'ready' && projects.value.length === 0) {
    return (
      <EmptyState
        icon={<FolderOpen size={20} />}
        title="Open a project to begin"
        actions={
          <>
            {openButton}
            {sampleButton}
            {newButton}
          </>
        }
      >
        A project is a folder of yours; where it has no pipeline yet, a template makes one. The sample is a
        small web service that is tested, built and tried out on your machine; one click runs it.
      </EmptyState>
    );
  }
  const hasSample = projects.status === 'ready' && projects.value.some(({ isSample }) => isSample);
  return (
    <>
      <PageHeader
        title="Projects"
        actions={
          <>
            {!hasSample && sampleButton}
            {newButton}
            {openButton}
          </>
        }
      />
      {projects.status === 'loading' ? (
        <SkeletonRows />
      ) : (
        <DataTable
          main
          label="Projects"
          columns={columns}
          rows={projects.value}
          rowKey={({ id }) => id}
          onOpen={({ id }) => navigate({ screen: 'project', projectId: id })}
        />
      )}
    </>
  );
}
