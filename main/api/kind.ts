import type { Host } from '#main/host/create-host.ts';
import { type Kind, settingsJsonSchema } from '#main/stages/kind.ts';
import type { CatalogKind } from '#shared/api/procedures/kind.ts';
import { os } from './implementer.ts';

export function kindProcedures({ kinds }: Pick<Host, 'kinds'>) {
  return { list: os.kind.list.handler(() => kinds.list().map(catalogKind)) };
}

function catalogKind(kind: Kind): CatalogKind {
  const { id, title, summary, docs, outputs = {}, example } = kind;
  return {
    id,
    family: id.slice(0, id.indexOf('.')),
    title,
    summary,
    help: docs,
    settings: settingsJsonSchema(kind),
    outputs: Object.entries(outputs).map(([name, description]) => ({ name, description })),
    example: { ...example },
  };
}
