import type { KindContext, Kinds } from '#main/engine/kind-ports.ts';
import type { StepBody } from '#shared/pipeline/plan.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { BUILT_IN_KINDS } from './catalog.ts';
import type { Kind } from './kind.ts';
import type { KindServices } from './services.ts';

type KindBody = Extract<StepBody, { type: 'uses' }>;

/** The stage catalog as lists and checks see it. */
export interface Catalog {
  /**
   * By id, in alphabetical order; with those of a project's plugins.
   * @param projectDir absent: those that ship
   */
  list(projectDir?: string): readonly Kind[];
  get(id: string, projectDir?: string): Kind | undefined;
  /** Looks a kind up and checks its settings. @throws AppError `usage` */
  check(body: KindBody, projectDir?: string): CheckedKind;
}

export interface CheckedKind {
  readonly kind: Kind;
  /** What the kind's schema made of `with`. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** The stage catalog as the engine sees it, too. */
export interface KindRegistry extends Kinds, Catalog {}

/** The kinds that the plugins of a project make. Must be cheap when nothing has changed. @throws AppError `plugin-invalid` */
export type PluginKinds = (projectDir: string) => readonly Kind[];

/** @param kinds the kinds to offer in every project; ids must differ */
export function createCatalog(
  kinds: readonly Kind[] = BUILT_IN_KINDS,
  pluginKinds: PluginKinds = () => [],
): Catalog {
  const byId = new Map(kinds.map((kind) => [kind.id, kind]));
  const get = (id: string, projectDir?: string): Kind | undefined => {
    const known = byId.get(id);
    if (known !== undefined || projectDir === undefined) return known;
    return pluginKinds(projectDir).find((kind) => kind.id === id);
  };
  return {
    list(projectDir) {
      const own = projectDir === undefined ? [] : pluginKinds(projectDir);
      return [...byId.values(), ...own].sort((a, b) => (a.id < b.id ? -1 : 1));
    },
    get,
    check(body, projectDir) {
      const kind = get(body.kind, projectDir);
      if (!kind)
        throw new AppError('usage', `There is no kind ${body.kind}.`, { hint: 'See `pipewright kinds`.' });
      const settings = kind.settings.safeParse(body.with);
      if (settings.success) return { kind, settings: settings.data };
      const [issue] = settings.error.issues;
      const place = issue && issue.path.length > 0 ? `with.${issue.path.join('.')}` : 'with';
      const message = `The settings of ${kind.id} do not fit: ${place}: ${issue?.message ?? 'invalid'}.`;
      throw new AppError('usage', message, { hint: `See \`pipewright kinds ${kind.id}\`.` });
    },
  };
}

export function createKindRegistry(services: KindServices, catalog: Catalog = createCatalog()): KindRegistry {
  return {
    ...catalog,
    prepare(body, projectDir) {
      const { kind, settings } = catalog.check(body, projectDir);
      return {
        preview: kind.preview?.(settings) ?? '',
        run(context) {
          refuseForeignFiles(kind, context);
          return kind.run(settings, context, services);
        },
      };
    },
  };
}

function refuseForeignFiles(kind: Kind, { sharesFiles, stage }: KindContext): void {
  if (kind.worksOnFiles !== true || sharesFiles) return;
  throw new AppError(
    'usage',
    `Stage ${stage}: ${kind.id} works on the files of this machine, and the stage runs where they are not.`,
    { hint: 'Leave `runs-on` out, or run it in a container of this machine.' },
  );
}
