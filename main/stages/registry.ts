import type { KindWork, Kinds } from '#main/engine/ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { Kind } from './kind.ts';
import { testUnit } from './test/unit.ts';

const CATALOG: readonly Kind[] = [testUnit];

/** The stage catalog as the engine and the command line see it. */
export interface KindRegistry extends Kinds {
  /** By id, in alphabetical order. */
  list(): readonly Kind[];
  get(id: string): Kind | undefined;
}

/** @param catalog the kinds to offer; ids must differ */
export function createKindRegistry(catalog: readonly Kind[] = CATALOG): KindRegistry {
  const byId = new Map(catalog.map((kind) => [kind.id, kind]));
  return {
    list: () => [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    get: (id) => byId.get(id),
    work(body): KindWork {
      const kind = byId.get(body.kind);
      if (!kind)
        throw new AppError('usage', `There is no kind ${body.kind}.`, { hint: 'See `pipewright kinds`.' });
      const settings = kind.settings.safeParse(body.with);
      if (settings.success) return kind.work(settings.data);
      const [issue] = settings.error.issues;
      const place = issue && issue.path.length > 0 ? `with.${issue.path.join('.')}` : 'with';
      throw new AppError(
        'usage',
        `The settings of ${kind.id} do not fit: ${place}: ${issue?.message ?? 'invalid'}.`,
        {
          hint: `See \`pipewright kinds ${kind.id}\`.`,
        },
      );
    },
  };
}
