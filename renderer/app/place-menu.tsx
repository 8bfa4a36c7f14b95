import { ChevronsUpDown, FolderGit2, FolderOpen, Workflow } from 'lucide-react';
import { openFolder } from '#renderer/features/projects/open-folder.ts';
import { useProjectPipelines, useProjects } from '#renderer/features/projects/use-projects.ts';
import { useBridge } from '#renderer/bridge/bridge-context.ts';
import { Button } from '#renderer/ui/button.tsx';
import { DropdownMenu } from '#renderer/ui/dropdown-menu.tsx';
import { navigate } from '#renderer/ui/navigation/navigate.ts';
import { usePlace } from './use-place.ts';
import styles from './title-bar.module.css';

/** In the title bar: which project, and in it which pipeline; each changes to another. */
export function PlaceMenu() {
  const bridge = useBridge();
  const place = usePlace();
  const projects = useProjects();
  const pipelines = useProjectPipelines(place.projectId);
  const all = projects.status === 'ready' ? projects.value : [];
  const project = all.find(({ id }) => id === place.projectId);
  const files = pipelines.status === 'ready' ? pipelines.value : [];
  const current = files.find(({ file }) => file === place.file);
  if (all.length === 0) return null;
  return (
    <>
      <DropdownMenu
        trigger={
          <Button variant="ghost" icon={<FolderGit2 size={14} />} trailing={<ChevronsUpDown size={12} />}>
            <span className={styles['crumb']}>{project?.name ?? 'All projects'}</span>
          </Button>
        }
        entries={[
          ...all.slice(0, 12).map(({ id, name }) => ({
            label: name,
            icon: <FolderGit2 size={14} />,
            onSelect: () => navigate({ screen: 'project', projectId: id }),
          })),
          { type: 'separator' as const },
          {
            label: 'Open a folder',
            icon: <FolderOpen size={14} />,
            shortcut: 'mod+o',
            onSelect: () => void openFolder(bridge),
          },
        ]}
      />
      {project !== undefined && current !== undefined && (
        <>
          <span className={styles['slash']}>/</span>
          <DropdownMenu
            trigger={
              <Button variant="ghost" trailing={<ChevronsUpDown size={12} />}>
                <span className={styles['crumb']}>{current.name ?? current.file}</span>
              </Button>
            }
            entries={files.map(({ file, name }) => ({
              label: name ?? file,
              icon: <Workflow size={14} />,
              onSelect: () => navigate({ screen: 'pipeline', projectId: project.id, file }),
            }))}
          />
        </>
      )}
    </>
  );
}
