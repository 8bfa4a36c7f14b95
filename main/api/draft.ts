import type { Host } from '#main/host/create-host.ts';
import { createDrafts } from '#main/host/projects/drafts.ts';
import { insideProject } from '#main/host/projects/pipeline-files.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import { os } from './implementer.ts';

export function draftProcedures({ dataDir, store }: Pick<Host, 'dataDir' | 'store'>) {
  const drafts = createDrafts(dataDir);
  /** Refuses projects and files that are none. */
  const check = ({ projectId, file }: { readonly projectId: ProjectId; readonly file: string }): void => {
    insideProject(store.projects.get(projectId).dir, file);
  };
  return {
    get: os.draft.get.handler(async ({ input }) => {
      check(input);
      return { draft: await drafts.read(input.projectId, input.file) };
    }),
    set: os.draft.set.handler(async ({ input }) => {
      check(input);
      await drafts.write(input.projectId, input.file, input.draft);
      return { kept: true as const };
    }),
    remove: os.draft.remove.handler(async ({ input }) => {
      check(input);
      await drafts.remove(input.projectId, input.file);
      return { removed: true as const };
    }),
  };
}
