import type { Host } from '#main/host/create-host.ts';
import { type Kind, settingsJsonSchema } from '#main/stages/kind.ts';
import type { CatalogKind } from '#shared/api/procedures/kind.ts';
import { familyOfKind } from '#shared/pipeline/kind-families.ts';
import { os } from './implementer.ts';

export function kindProcedures({ kinds, store }: Pick<Host, 'kinds' | 'store'>) {
  return {
    list: os.kind.list.handler(({ input }) => {
      const { projectId } = input ?? {};
      const dir = projectId === undefined ? undefined : store.projects.get(projectId).dir;
      return kinds.list(dir).map(catalogKind);
    }),
  };
}

function catalogKind(kind: Kind): CatalogKind {
  const { id, title, summary, docs, outputs = {}, example } = kind;
  return {
    id,
    family: familyOfKind(id),
    title,
    summary,
    help: docs,
    settings: settingsJsonSchema(kind),
    tools: (kind.tools ?? []).map(({ name }) => name),
    outputs: Object.entries(outputs).map(([name, description]) => ({ name, description })),
    example: { ...example },
  };
}
