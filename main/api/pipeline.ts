import type { Host } from '#main/host/create-host.ts';
import { followSource } from '#main/host/projects/follow-source.ts';
import { insideProject } from '#main/host/projects/pipeline-files.ts';
import { pipelineView } from '#main/host/projects/pipeline-view.ts';
import { createReadInclude } from '#main/host/projects/read-include.ts';
import { simulateFile } from '#main/host/projects/simulate/simulate-file.ts';
import { createSourceFile, readSourceFile, writeSourceFile } from '#main/host/projects/source-file.ts';
import { watchPipeline } from '#main/host/projects/watch-pipeline.ts';
import { describeFile } from '#main/vcs/git-file.ts';
import { decodeSource } from '#shared/pipeline/decode-source.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import { guarded, os } from './implementer.ts';

export function pipelineProcedures({ kinds, store, maxParallel }: Host) {
  const dirOf = ({ projectId }: { readonly projectId: ProjectId }): string =>
    store.projects.get(projectId).dir;
  return {
    read: os.pipeline.read.handler(({ input }) => readSourceFile(dirOf(input), input.file)),
    follow: os.pipeline.follow.handler(({ input, signal }) =>
      guarded(followSource(dirOf(input), input.file, signal)),
    ),
    save: os.pipeline.save.handler(({ input }) => writeSourceFile({ ...input, projectDir: dirOf(input) })),
    create: os.pipeline.create.handler(({ input }) => createSourceFile(dirOf(input), input.file, input.text)),
    head: os.pipeline.head.handler(({ input }) => {
      const projectDir = dirOf(input);
      insideProject(projectDir, input.file);
      return describeFile(projectDir, input.file);
    }),
    readIncluded: os.pipeline.readIncluded.handler(({ input }) => {
      const bytes = createReadInclude(dirOf(input))(input.path);
      const decoded = bytes && decodeSource(bytes);
      return { text: decoded?.ok ? decoded.text : null };
    }),
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
