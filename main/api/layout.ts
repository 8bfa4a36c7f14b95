import type { Host } from '#main/host/create-host.ts';
import { readLayout, writeLayout } from '#main/host/projects/layout-file.ts';
import { os } from './implementer.ts';

export function layoutProcedures({ store }: Pick<Host, 'store'>) {
  return {
    get: os.layout.get.handler(({ input }) =>
      readLayout(store.projects.get(input.projectId).dir, input.file),
    ),
    set: os.layout.set.handler(async ({ input }) => {
      await writeLayout(store.projects.get(input.projectId).dir, input.file, input.places);
      return { kept: true as const };
    }),
  };
}
