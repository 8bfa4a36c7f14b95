import { FilePlus, FlaskConical, FolderGit2, FolderOpen, Play, SunMoon, Workflow } from 'lucide-react';
import { useMemo } from 'react';
import { launchRun } from '#renderer/features/editor/run/launch-run.ts';
import { openNewPipeline } from '#renderer/features/editor/templates/new-pipeline.ts';
import { openFolder } from '#renderer/features/projects/open-folder.ts';
import { trySample } from '#renderer/features/projects/try-sample.ts';
import { useProjectPipelines, useProjects } from '#renderer/features/projects/use-projects.ts';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { setThemeChoice, useTheme } from '#renderer/theme/theme-store.ts';
import type { Command } from '#renderer/ui/commands/command-registry.ts';
import { useCommands } from '#renderer/ui/commands/use-commands.ts';
import { navigate } from '#renderer/ui/navigation/navigate.ts';
import { StatusIcon } from '#renderer/ui/status-icon.tsx';
import { showFailure } from './show-failure.ts';
import { usePlace } from './use-place.ts';

const RECENT_RUNS = 20;

/** Offers what there is: each project, the pipelines of the one in view, the latest runs. */
export function useProjectCommands(): void {
  const bridge = useBridge();
  const { projectId } = usePlace();
  const projects = useProjects();
  const pipelines = useProjectPipelines(projectId);
  const runs = useRemote(['runs', 'palette'], (signal) =>
    bridge.client.run.list({ limit: RECENT_RUNS }, { signal }),
  );
  const projectList = projects.status === 'ready' ? projects.value : NONE;
  const pipelineList = pipelines.status === 'ready' ? pipelines.value : NONE;
  const runList = runs.status === 'ready' ? runs.value.runs : NONE;

  const commands = useMemo<readonly Command[]>(() => {
    const ofPipelines = pipelineList.flatMap(({ file, name }): Command[] => {
      if (projectId === null) return [];
      const title = name ?? file;
      return [
        {
          id: `pipeline.run ${projectId} ${file}`,
          title: `Run ${title}`,
          group: 'Pipelines',
          icon: <Play size={16} />,
          keywords: [file],
          run: () => void launchRun(bridge, { projectId, file }),
        },
        {
          id: `pipeline.open ${projectId} ${file}`,
          title: `Open pipeline ${title}`,
          group: 'Pipelines',
          icon: <Workflow size={16} />,
          keywords: [file],
          run: () => navigate({ screen: 'pipeline', projectId, file }),
        },
      ];
    });
    const ofProjects = projectList.map(({ id, name, dir }): Command => ({
      id: `project.open ${id}`,
      title: `Go to project ${name}`,
      group: 'Projects',
      icon: <FolderGit2 size={16} />,
      keywords: [dir],
      run: () => navigate({ screen: 'project', projectId: id }),
    }));
    const ofRuns = runList.map(({ id, name, number, status, git }): Command => ({
      id: `run.open ${id}`,
      title: `Open run ${name} #${number}`,
      group: 'Runs',
      icon: <StatusIcon status={status} decorative />,
      keywords: [status, git?.branch ?? ''],
      run: () => navigate({ screen: 'run', runId: id }),
    }));
    const ofProject: readonly Command[] =
      projectId === null
        ? NONE
        : [
            {
              id: 'pipeline.new',
              title: 'New pipeline…',
              group: 'Pipelines',
              icon: <FilePlus size={16} />,
              keywords: ['template', 'create', 'file'],
              run: () => openNewPipeline(projectId),
            },
          ];
    return [
      ...ofPipelines,
      ...ofProject,
      {
        id: 'project.open-folder',
        title: 'Open a folder',
        group: 'Projects',
        icon: <FolderOpen size={16} />,
        shortcut: 'mod+o',
        keywords: ['add', 'project'],
        run: () => void openFolder(bridge),
      },
      {
        id: 'project.sample',
        title: 'Try the sample',
        group: 'Projects',
        icon: <FlaskConical size={16} />,
        run: () => void trySample(bridge).then(showFailure),
      },
      ...ofProjects,
      ...ofRuns,
      {
        id: 'theme.toggle',
        title: 'Change between light and dark',
        group: 'View',
        icon: <SunMoon size={16} />,
        keywords: ['theme'],
        run: () => setThemeChoice(useTheme.getState().theme === 'dark' ? 'light' : 'dark'),
      },
    ];
  }, [bridge, projectId, projectList, pipelineList, runList]);
  useCommands(commands);
}

const NONE: readonly never[] = [];
