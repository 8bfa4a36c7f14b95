import path from 'node:path';
import type { Host } from '#main/host/create-host.ts';
import { absoluteFolder } from '#main/host/projects/list-folder.ts';
import { matchFiles } from '#main/host/projects/match-files.ts';
import { offerProjectTemplates } from '#main/host/projects/offer-templates.ts';
import { listPipelineFiles } from '#main/host/projects/pipeline-files.ts';
import { readPipeline } from '#main/host/projects/plan-run.ts';
import { sampleProjectDir } from '#main/host/resources.ts';
import { trustOwnProject } from '#main/host/trust.ts';
import { createSampleProject } from '#main/vcs/sample-project.ts';
import type { PipelineFile, Project } from '#shared/api/schemas.ts';
import { os } from './implementer.ts';

export function projectProcedures(host: Host) {
  const { projects } = host.store;
  return {
    list: os.project.list.handler(() => projects.list()),
    add: os.project.add.handler(({ input }) => projects.add(absoluteFolder(input.dir))),
    get: os.project.get.handler(({ input }) => projects.get(input.projectId)),
    remove: os.project.remove.handler(({ input }) => ({ removed: projects.remove(input.projectId) })),
    openSample: os.project.openSample.handler(async () => {
      const dir = path.join(host.dataDir, 'sample-project');
      await createSampleProject({
        templateDir: host.sampleTemplateDir ?? sampleProjectDir(),
        targetDir: dir,
      });
      const project = projects.add(dir, { isSample: true });
      await trustOwnProject(host, project);
      return project;
    }),
    pipelines: os.project.pipelines.handler(async ({ input }) => {
      const project = projects.get(input.projectId);
      const files = await listPipelineFiles(project.dir);
      return Promise.all(files.map((file) => describeFile(host, project, file)));
    }),
    templates: os.project.templates.handler(({ input }) =>
      offerProjectTemplates(host.kinds, projects.get(input.projectId).dir),
    ),
    matchFiles: os.project.matchFiles.handler(({ input, signal }) =>
      matchFiles(projects.get(input.projectId).dir, input.globs, signal),
    ),
  };
}

async function describeFile({ kinds, store }: Host, project: Project, file: string): Promise<PipelineFile> {
  const { pipeline, issues } = await readPipeline(kinds, project.dir, file);
  const { runs } = store.runs.list({ projectId: project.id, pipelineFile: file, limit: 1 });
  return {
    file,
    name: pipeline?.name ?? null,
    stageCount: pipeline?.stages.length ?? 0,
    issues: [...issues],
    lastRun: runs[0] ?? null,
  };
}
