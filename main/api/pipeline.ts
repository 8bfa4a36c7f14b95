import type { Host } from '#main/host/create-host.ts';
import { insideProject } from '#main/host/projects/pipeline-files.ts';
import { pipelineView } from '#main/host/projects/pipeline-view.ts';
import { simulateFile } from '#main/host/projects/simulate/simulate-file.ts';
import { watchPipeline } from '#main/host/projects/watch-pipeline.ts';
import { guarded, os } from './implementer.ts';

export function pipelineProcedures({ kinds, store, maxParallel }: Host) {
  return {
    get: os.pipeline.get.handler(({ input }) => {
      const { dir } = store.projects.get(input.projectId);
      insideProject(dir, input.file);
      return pipelineView(kinds, dir, input.file);
    }),
    watch: os.pipeline.watch.handler(({ input, signal }) => {
      const { dir } = store.projects.get(input.projectId);
      insideProject(dir, input.file);
      return guarded(watchPipeline(kinds, dir, input.file, signal));
    }),
    simulate: os.pipeline.simulate.handler(({ input }) => {
      const { event, branch, tag, changed, projectId, ...wanted } = input;
      return simulateFile(
        { kinds, store },
        {
          ...wanted,
          projectDir: store.projects.get(projectId).dir,
          assumed: { event, branch, tag, changed },
          maxParallel: wanted.maxParallel ?? maxParallel,
        },
      );
    }),
  };
}
